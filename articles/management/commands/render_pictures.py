"""`manage.py render_pictures`: renditions of pictures that lack some, now and here."""

from django.core.management.base import BaseCommand, CommandError

from articles import pictures
from articles.models import Image


class Command(BaseCommand):
    """For pictures of before there were renditions, for lost ones, and after a change of the formats or widths."""

    help = "Make the renditions that pictures lack, the newest picture first. Exit status 1 if one cannot be read."

    def add_arguments(self, parser) -> None:
        """`--all`."""
        parser.add_argument("--all", action="store_true", help="make all anew, also those that are there")

    def handle(self, *args, **options) -> None:
        """A line a picture that fails; how many were made."""
        made, failed = 0, 0
        for image in Image.objects.order_by("-pk").iterator(chunk_size=100):
            if not (options["all"] or image.missing_renditions()):
                continue
            if pictures.make_renditions(image):
                made += 1
            else:
                failed += 1
                self.stderr.write(f"image {image.pk}: {image.renditions['error']}")
        self.stdout.write(f"Made the renditions of {made} {'picture' if made == 1 else 'pictures'}.")
        if failed:
            raise CommandError(f"{failed} could not be read.")
