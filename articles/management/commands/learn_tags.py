"""`manage.py learn_tags`: learn from the stories in print which words speak for which topic."""

from django.core.management.base import BaseCommand

from articles.tag_learning import MINIMUM, learn_topics


class Command(BaseCommand):
    """Prints a line a topic: from how many stories, how often it would have been right, how much it would find."""

    help = "Learn topics from the stories in print; run it once a night. Proposals name what was learned from then on."

    def add_arguments(self, parser):
        """How many stories make a topic."""
        parser.add_argument("--minimum", type=int, default=MINIMUM, help="stories with the topic (%(default)s)")

    def handle(self, *args, minimum, **options):
        """Learn and tell."""
        number = 0
        for lesson in learn_topics(max(minimum, 3)):
            number += 1
            told = (
                f"right {lesson.learned.precision:.2f}, found {lesson.learned.recall:.2f}"
                if lesson.learned
                else "not proposed: too few would be right"
            )
            self.stdout.write(f"{lesson.topic.name}: {lesson.stories} stories, {told}")
        if not number:
            self.stdout.write(f"No topic has {minimum} stories in print yet.")
