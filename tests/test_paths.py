"""Addresses written by the models and the press."""

import pytest
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch, reverse

from articles import paths
from articles.paths import path_of


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("front", ()),
        ("quote", (12,)),
        ("actor", ("ilse-maran",)),
        ("actor", ("ميناء",)),
        ("story", ("2026", "03", "02", "a-slug")),
        ("feed-latest-rss", ()),
        ("admin:articles_article_change", (7,)),
    ],
)
def test_a_path_is_what_django_makes_of_it(name, args):
    assert path_of(name, *args) == reverse(name, args=args)


@pytest.mark.parametrize(("name", "args"), [("actor", ("",)), ("quote", ("x",)), ("nowhere", ()), ("quote", ())])
def test_what_django_refuses_is_refused(name, args):
    with pytest.raises(NoReverseMatch):
        path_of(name, *args)


def test_within_a_block_the_site_is_looked_up_once(settings):
    with paths.one_site():
        with override_script_prefix("/elsewhere/"):
            assert paths.path_of("latest") == "/latest/"
        with override_script_prefix("/elsewhere/"), paths.one_site():
            assert paths.path_of("latest") == "/elsewhere/latest/"
    with override_script_prefix("/elsewhere/"):
        assert paths.path_of("latest") == "/elsewhere/latest/"
