"""A piece of a page is set once for all that it says, and never stands for anything else."""

from datetime import UTC, datetime
from sys import getsizeof

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from articles import standing
from articles.models import Story, StoryQuote
from articles.views.paging import Page

TEASER = '{% load standing %}{% standing "components/teaser.html" with story=story size=size level=3 only %}'


def teaser(story, size="line"):
    return Template(TEASER).render(Context({"story": story, "size": size}))


def test_a_piece_is_made_once_for_what_it_says(story, monkeypatch):
    made = []
    get = standing.forme.get
    monkeypatch.setattr(standing.forme, "get", lambda key, make: get(key, lambda: made.append(key) or make()))
    first = teaser(Story.objects.get())
    assert first == teaser(Story.objects.get())
    assert len(made) == 1
    assert teaser(Story.objects.get(), "lead") != first
    Story.objects.update(headline="Harbour opens")
    assert "Harbour opens" in teaser(Story.objects.get())
    with translation.override("ar"):
        teaser(Story.objects.get())
    with timezone.override("Asia/Tokyo"):
        teaser(Story.objects.get())
    assert len(made) == len(set(made)) == 5


def test_while_templates_are_written_nothing_is_kept(story, settings):
    settings.DEBUG = True
    teaser(Story.objects.get())
    assert standing.forme.size == 0


@pytest.mark.parametrize(
    "source",
    [
        '{% standing "components/teaser.html" with story=story %}',
        "{% standing name with story=story only %}",
    ],
)
def test_a_piece_that_could_see_more_than_it_is_given_is_refused(source):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load standing %}" + source)


def test_every_column_that_was_read_counts_and_every_row_beside_it(story):
    row = StoryQuote.objects.select_related("story").get()
    before = standing.key("x", {"quote": row})
    assert standing.key("x", {"quote": StoryQuote.objects.select_related("story").get()}) == before
    assert standing.key("x", {"quote": StoryQuote.objects.get()}) != before
    Story.objects.update(standfirst="Another one.")
    assert standing.key("x", {"quote": StoryQuote.objects.select_related("story").get()}) != before
    StoryQuote.objects.update(text="Other words,")
    assert standing.key("x", {"quote": StoryQuote.objects.select_related("story").get()}) != before


def test_a_row_that_refers_back_does_not_go_round(story):
    quote = StoryQuote.objects.select_related("speaker__dossier").get()
    assert quote.speaker.dossier.actor == quote.speaker
    standing.key("x", {"quote": quote, "dossier": quote.speaker.dossier})


def test_values_that_read_alike_are_not_the_same():
    values = [
        *(None, False, 0, "", "0", "None", [], {}, "<b>", mark_safe("<b>"), ["a", "b"], ["ab"], {"a": "b"}),
        *(datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01", Page([], "", True), Page([], "", False)),
    ]
    keys = [standing.key("x", {"value": value}) for value in values]
    assert len(set(keys)) == len(values)


def test_lazy_values_count_as_what_they_stand_for():
    lazy = {"words": gettext_lazy("Latest"), "rows": SimpleLazyObject(lambda: [{"slug": "world"}])}
    assert standing.key("x", lazy) == standing.key("x", {"words": "Latest", "rows": [{"slug": "world"}]})


def test_what_cannot_be_told_is_refused():
    with pytest.raises(standing.UnknownValueError):
        standing.key("x", {"value": object()})


def test_the_longest_unused_piece_goes_when_there_are_too_many():
    forme = standing.Forme(3 * (standing.OVERHEAD + getsizeof("x")))
    for key in (b"a", b"b", b"c"):
        forme.get(key, lambda: "x")
    forme.get(b"a", lambda: "gone")
    forme.get(b"d", lambda: "x")
    assert forme.get(b"a", lambda: "gone") == "x"
    assert forme.get(b"b", lambda: "y") == "y"
    assert forme.size <= forme.most


def test_what_is_made_later_is_told_by_what_it_is_made_of_and_made_once_if_at_all():
    made = []

    def drawn(rows):
        made.append(rows)
        return {"rows": rows}

    later = standing.Later(drawn, [1, 2])
    assert standing.key("x", {"drawn": later}) == standing.key("x", {"drawn": standing.Later(drawn, [1, 2])})
    assert standing.key("x", {"drawn": later}) != standing.key("x", {"drawn": standing.Later(drawn, [2, 1])})
    assert made == []
    assert later["rows"] == later["rows"] == [1, 2]
    assert made == [[1, 2]]
