"""Words that were said once and stand in several stories."""

import pytest

from articles import lineage
from articles.models import Utterance
from tests import factories

pytestmark = pytest.mark.django_db
OTHER = "<p>“We shall not reopen it before the channel is swept,” the harbour master, Ilse Maran, said.</p>"
OTHER_WORDS = "We shall not reopen it before the channel is swept,"


@pytest.fixture
def quote(article):
    """The quote of the story."""
    return article.quotes.get()


def retold(people, **fields):
    """Another story with other words of the same."""
    made = factories.article(people.writer, body=OTHER)
    return factories.quote(made, OTHER_WORDS, speaker=factories.actor(), **fields)


def test_the_very_same_words_are_linked_by_themselves(people, article, quote):
    again = factories.article(people.writer)
    assert lineage.link_same(again) == 1
    assert lineage.link_same(again) == 0
    quote.refresh_from_db()
    assert quote.utterance is not None
    assert quote.utterance == again.quotes.get().utterance
    (kin,) = lineage.kin_of(quote, people.writer)
    assert (kin.quote, kin.is_same, kin.is_linked, kin.runs) == (again.quotes.get(), True, True, ())


def test_other_wording_is_shown_word_by_word_and_linked_by_a_person(people, article, quote):
    other = retold(people)
    assert lineage.link_same(other.article) == 0
    (kin,) = lineage.kin_of(quote, people.writer)
    assert (kin.is_same, kin.is_linked) == (False, False)
    assert {(run.kind, run.text) for run in kin.runs} >= {("quoted", "will"), ("said", "shall")}
    lineage.link(quote, other)
    (kin,) = lineage.kin_of(quote, people.writer)
    assert kin.is_linked
    lineage.unlink(quote)
    assert not lineage.kin_of(quote, people.writer)[0].is_linked


def test_a_lost_credit_is_flagged_whichever_of_the_two_is_looked_at(people, article, quote):
    credited = factories.attribution(
        article, label="The Vell Courier", source_kind="outlet", wording="the Vell Courier"
    )
    quote.attribution = credited
    quote.save()
    other = retold(people, obtained_via="interview")
    assert lineage.kin_of(quote, people.writer)[0].has_lost_credit
    assert lineage.kin_of(other, people.writer)[0].has_lost_credit
    other.obtained_via = "outlet"
    other.save()
    assert not lineage.kin_of(other, people.writer)[0].has_lost_credit


def test_a_story_that_one_may_not_read_is_no_kin(people, quote):
    retold(people)
    stranger = factories.person("stranger", "Writer")
    assert lineage.kin_of(quote, stranger) == []


def test_few_words_and_other_speakers_say_nothing(people, article, quote):
    short = factories.article(people.writer, body="<p>“Not before it is,” she said.</p>")
    factories.quote(short, "Not before it is,", speaker=factories.actor())
    someone = factories.article(people.writer, body=OTHER)
    factories.quote(someone, OTHER_WORDS, speaker=factories.actor("Somebody Else"))
    assert lineage.kin_of(quote, people.writer) == []


def test_two_families_that_are_one_become_one(people, article, quote):
    rows = [retold(people) for _each in range(3)]
    lineage.link(quote, rows[0])
    lineage.link(rows[1], rows[2])
    assert Utterance.objects.count() == 2
    lineage.link(quote, rows[2])
    assert Utterance.objects.count() == 1
    assert Utterance.objects.get().quotes.count() == 4
