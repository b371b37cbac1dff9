"""Who speaks: counted of a document, kept of every edition, added up by month."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import charts, mix, press, reporting
from articles.models import ActorRelation, EditionMix
from articles.models.revisions import document_of
from tests import factories
from tests.admin.pages import text
from tests.test_recalling import live

pytestmark = pytest.mark.django_db
LONG = {"start": timezone.now() - timedelta(days=400), "end": timezone.now() + timedelta(days=2)}


def declare(article, standing, *, consents=True):
    """The source of the story says in what capacity it speaks."""
    source = article.attributions.first().source
    source.standing, source.declared_consent_at = standing, timezone.now() if consents else None
    source.save()


def test_a_story_is_counted_by_what_its_sources_said_of_themselves(people, article):
    assert mix.count(document_of(article))["sources"] == {"undeclared": 1}
    declare(article, "official", consents=False)
    assert mix.count(document_of(article))["sources"] == {"undeclared": 1}, "nobody agreed to be counted"
    declare(article, "official")
    factories.attribution(article, label="Tide tables", source_kind="data", wording="tide tables")
    factories.attribution(article, label="Clerk", wording="a port clerk", basis="background")
    factories.attribution(article, label="Nobody", wording="", basis="off_record")
    counts = mix.count(document_of(article))
    assert counts["sources"] == {"official": 1, "document": 1, "undeclared": 1}
    assert counts["quotes"] == {"official": 1}
    assert (counts["named"], counts["unnamed"]) == (2, 1)
    assert "Clerk" not in str(counts)


def test_the_sides_of_a_dispute_are_counted(people, article):
    one, other = factories.actor(), factories.actor("Port Selm Authority", "organisation")
    article.actors.add(one, other)
    ActorRelation.objects.create(actor=one, other=other, kind="opposes")
    (sides,) = mix.count(document_of(article))["sides"]
    assert {side["name"]: side["quotes"] for side in sides} == {"Ilse Maran": 1, "Port Selm Authority": 0}


def test_every_edition_is_counted_once_and_the_last_of_a_month_stands(people):
    article = live(people)
    assert EditionMix.objects.get().counts["sources"] == {"undeclared": 1}
    press.reprint([article.pk])
    assert EditionMix.objects.count() == 1
    article.revise(by=people.publisher)
    declare(article, "affected")
    article.standfirst += " More."
    article.save()
    article.record_revision(by=people.writer)
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    press.publish(article, by=people.publisher)
    assert EditionMix.objects.count() == 2
    (month,) = reporting.months(**LONG)
    assert (month.stories, month.counts["sources"]) == (1, {"affected": 1})
    EditionMix.objects.all().delete()
    press.reprint()
    assert EditionMix.objects.count() == 2


def test_the_quotes_of_either_side_are_added_up_over_the_stories():
    sides = [{"name": "Corrin army", "quotes": 1}, {"name": "Adarra", "quotes": 3}]
    other = [{"name": "Dockers", "quotes": 0}, {"name": "Port", "quotes": 1}]
    empty = {"sources": {}, "quotes": {}, "named": 0, "unnamed": 0}
    counts = [empty | {"sides": [sides]}, empty | {"sides": [other, sides[::-1]]}, empty]
    assert mix.total(counts)["sides"] == [
        [{"name": "Adarra", "quotes": 6}, {"name": "Corrin army", "quotes": 2}],
        [{"name": "Dockers", "quotes": 0}, {"name": "Port", "quotes": 1}],
    ]
    assert mix.total([mix.total(counts)])["sides"] == mix.total(counts)["sides"]


def test_the_report_is_narrowed_by_desk_actor_and_topic(people, desk):
    article = live(people, desk=desk)
    live(people)
    assert reporting.months(**LONG)[0].stories == 2
    assert reporting.months(desk=desk, **LONG)[0].stories == 1
    assert reporting.months(actor=factories.actor(), **LONG)[0].stories == 2
    assert reporting.months(actor=factories.actor("Nobody Here"), **LONG) == []
    assert reporting.months(topic=factories.topic("Unheard of"), **LONG) == []
    assert article.mixes.get().desk == desk


def test_a_report_takes_one_query_however_much_was_printed(people, django_assert_num_queries):
    for _each in range(3):
        live(people)
    with django_assert_num_queries(1):
        assert reporting.months(**LONG)[0].stories == 3


@pytest.mark.parametrize(("role", "status"), [("writer", 403), ("editor", 200), ("publisher", 200), ("admin", 200)])
def test_the_report_is_for_those_who_may_read_reports(client, people, role, status):
    live(people)
    client.force_login(getattr(people, role))
    shown = client.get(reverse("admin:report_sources"), {"first": "nonsense", "desk": "9999"})
    assert shown.status_code == status
    if status == 200:
        assert "not declared" in text(shown)
        table = client.get(reverse("admin:report_sources"), {"format": "csv"})
        assert table.content.decode().splitlines()[0].startswith("month,stories,sources,named,unnamed,official")
        assert len(table.content.decode().splitlines()) == 2


def test_the_rail_says_who_speaks_and_who_does_not(client, people, article):
    declare(article, "official")
    client.force_login(people.writer)
    shown = text(client.get(reverse("admin:articles_article_change", args=[article.pk])))
    assert "Who speaks" in shown
    assert "Nobody who is affected by it speaks." in shown


def test_consent_is_noted_and_taken_back_on_the_source(client, people, article):
    source = article.attributions.get().source
    client.force_login(people.writer)
    address = reverse("admin:articles_source_change", args=[source.pk])
    values = {"label": source.label, "kind": source.kind, "standing": "expert"}
    client.post(address, values | {"has_consented": "on"})
    source.refresh_from_db()
    assert (source.standing, source.counted_standing) == ("expert", "expert")
    client.post(address, values)
    source.refresh_from_db()
    assert (source.standing, source.counted_standing) == ("expert", "")


def test_bars_are_as_long_as_their_share_of_the_largest():
    drawn = charts.bars([("May", {"a": 3, "b": 1}), ("June", {"a": 2})], [("a", "A"), ("b", "B")])
    first, second = drawn["rows"]
    whole = charts.WIDTH - charts.LABEL
    assert sum(float(piece["width"]) for piece in first["pieces"]) == pytest.approx(whole)
    assert float(second["pieces"][0]["width"]) == pytest.approx(whole / 2)
    assert charts.bars([], [])["rows"] == []
