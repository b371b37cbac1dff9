"""`manage.py policy`: the rules in force, and what others would have stopped."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import press
from tests import factories

pytestmark = pytest.mark.django_db


def run(*arguments):
    """What the command prints."""
    out = StringIO()
    call_command("policy", *arguments, stdout=out)
    return out.getvalue()


def test_the_rules_are_listed_with_the_levels_of_this_newsroom(settings):
    settings.NEWSROOM_POLICY = {"R16": "B"}
    lines = {line.split()[0]: line for line in run().splitlines()}
    assert len(lines) == 33
    assert "blocks" in lines["R16"]
    assert "changed here" in lines["R16"]
    assert "fixed" in lines["R2"]
    assert "warns" in lines["R28"]


def test_a_dry_run_names_the_stories_that_it_would_have_stopped_and_why(people, desk):
    quiet = factories.article(people.writer, desk, headline="Everybody is introduced")
    named = factories.article(people.writer, desk, headline="Nobody is introduced")
    named.quotes.update(role="")
    for each in (quiet, named):
        each.record_revision(by=people.writer)
        factories.publish(each, people)
    told = run("R28=B", "--dry-run")
    assert "Nobody is introduced" in told
    assert "R28: " in told
    assert "Everybody is introduced" not in told
    assert "1 of 2 stories in print would have been stopped." in told
    assert "0 of 2 stories" in run("--dry-run")
    assert "0 of 2 stories" in run("R5=-", "--dry-run")


def test_what_is_withdrawn_is_not_counted(people, article, story):
    press.withdraw(article, by=people.publisher, note="It was wrong.")
    assert "0 of 0 stories" in run("R28=B", "--dry-run")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["R99=B", "--dry-run"], "There is no rule R99."),
        (["R2=-", "--dry-run"], "R2 cannot be changed"),
        (["R16=X", "--dry-run"], "R16 is B"),
        (["R16", "--dry-run"], "A change is CODE=LEVEL"),
        (["R16=B"], "try a change with --dry-run first"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_a_sentence(arguments, why):
    with pytest.raises(CommandError, match=why):
        run(*arguments)
