"""`manage.py render_pictures`."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import Image
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_made_and_nothing_twice(capsys):
    image = factories.image()
    call_command("render_pictures")
    assert "Made the renditions of 1 picture." in capsys.readouterr().out
    assert Image.objects.get(pk=image.pk).missing_renditions() == []
    call_command("render_pictures")
    assert "of 0 pictures" in capsys.readouterr().out
    call_command("render_pictures", all=True)
    assert "of 1 picture." in capsys.readouterr().out


def test_a_picture_that_cannot_be_read_is_named_and_keeps_nothing_back(capsys):
    lost, good = factories.image(), factories.image()
    lost.file.storage.delete(lost.file.name)
    with pytest.raises(CommandError, match="1 could not"):
        call_command("render_pictures")
    assert f"image {lost.pk}:" in capsys.readouterr().err
    assert Image.objects.get(pk=good.pk).missing_renditions() == []
