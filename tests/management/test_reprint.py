"""`manage.py reprint`."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import Story


def test_reprint_brings_lost_stories_back(story, capsys):
    Story.objects.all().delete()
    call_command("reprint", "--all")
    assert "Printed 1 story" in capsys.readouterr().out
    assert Story.objects.get().headline == story.headline


def test_reprint_of_one_leaves_the_others(story):
    Story.objects.update(headline="Spoilt")
    call_command("reprint", story.pk + 1)
    assert Story.objects.get().headline == "Spoilt"
    call_command("reprint", story.pk)
    assert Story.objects.get().headline == story.headline


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["--all", "1"]])
def test_reprint_asks_which(arguments):
    with pytest.raises(CommandError, match="--all"):
        call_command("reprint", *arguments)
