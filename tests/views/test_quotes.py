"""A quote at its permanent address, and the exchange it stands in."""

import pytest

from articles import press
from articles.models import Story
from articles.models.stories import StoryQuote, fragment
from articles.views.quotes import exchange_of
from tests import factories

pytestmark = pytest.mark.django_db

BODY = (
    "<p>“We will not reopen it before the channel is swept,” the harbour master, Ilse Maran, said on Monday.</p>"
    "<p>“They have had a month to sweep it,” said Dorrit Ames, who speaks for the pilots.</p>"
)


@pytest.fixture
def exchange(people, desk):
    """A story with two quotes, the second in answer to the first; returns (story, first, second)."""
    article = factories.article(people.writer, desk, body=BODY)
    maran, ames = factories.actor(), factories.actor("Dorrit Ames")
    article.actors.add(maran, ames)
    first = factories.quote(
        article, speaker=maran, attribution=factories.attribution(article, source_actor=maran), role="harbour master"
    )
    source = factories.attribution(article, "Ames", wording="Dorrit Ames", source_actor=ames)
    second = factories.quote(
        article,
        "They have had a month to sweep it,",
        speaker=ames,
        attribution=source,
        role="of the pilots",
        responds_to=first,
    )
    article.record_revision(by=people.writer)
    return factories.publish(article, people), first, second


def test_quote_tells_who_how_and_how_it_was_checked_when_opened(client, story):
    quote = story.quotes.get()
    page = client.get(f"/quotes/{quote.pk}/").content.decode()
    for words in (
        "Ilse Maran",
        "harbour master",
        "At a press conference",
        "Checked",
        "against the recording",
        story.headline,
    ):
        assert words in page
    assert f'href="{story.get_absolute_url()}#q-{quote.pk}:~:text=We%20will%20not' in page
    assert 'href="/actors/ilse-maran/"' in page


def test_quote_stands_with_what_it_answers_when_one_does(client, exchange):
    story, first, second = exchange
    for key in (first.pk, second.pk):
        page = client.get(f"/quotes/{key}/")
        assert [each.pk for each in page.context["exchange"]] == [first.pk, second.pk]
        assert "They have had a month to sweep it" in page.content.decode()
        assert "We will not reopen it" in page.content.decode()
    assert f'In answer to <a href="#q-{first.pk}">Ilse Maran</a>' in story.body
    assert f'Answered by <a href="#q-{second.pk}">Dorrit Ames</a>' in story.body


def test_quote_is_not_found_when_it_is_in_no_edition_or_the_story_was_withdrawn(client, people, article):
    key = article.quotes.get().pk
    assert client.get(f"/quotes/{key}/").status_code == 404
    factories.publish(article, people)
    assert client.get(f"/quotes/{key}/").status_code == 200
    press.withdraw(article, by=people.publisher, note="Forged.")
    assert client.get(f"/quotes/{key}/").status_code == 404
    assert client.get(f"/quotes/{10**17}/").status_code == 404
    assert client.get(f"/quotes/{10**30}/").status_code == 404


def test_quote_takes_two_queries_when_its_story_has_many(client, exchange, django_assert_num_queries):
    _story, first, _second = exchange
    with django_assert_num_queries(2):
        client.get(f"/quotes/{first.pk}/")


def test_exchange_ends_when_quotes_answer_each_other_in_a_ring():
    rows = [StoryQuote(pk=pk, answers=answers, position=pk) for pk, answers in ((1, 3), (2, 1), (3, 2), (4, 9))]
    assert {row.pk for row in exchange_of(rows[0], rows)} == {1, 2, 3}
    assert [row.pk for row in exchange_of(rows[3], rows)] == [4]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("We will, not", "We%20will%2C%20not"),
        ("a well-known & old", "a%20well%2Dknown%20%26%20old"),
        ("We go … at dawn", "We%20go,at%20dawn"),
        (" ".join("abcdefghijklmn"), "a%20b%20c%20d%20e,j%20k%20l%20m%20n"),
    ],
)
def test_fragment_says_words_as_browsers_read_them_when_they_have_signs(words, text):
    assert fragment(words) == text


def test_original_is_told_when_the_words_were_translated(client, people, desk):
    article = factories.article(people.writer, desk, body=BODY)
    speaker = factories.actor()
    article.actors.add(speaker)
    source = factories.attribution(article, source_actor=speaker)
    factories.quote(
        article,
        speaker=speaker,
        attribution=source,
        role="master",
        original_text="Nous n’ouvrons pas",
        original_language="fr",
    )
    factories.quote(
        article,
        "They have had a month to sweep it,",
        speaker=speaker,
        attribution=source,
        role="x",
        original_text="They’ve ***",
        original_language="en",
    )
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    story = Story.objects.get(pk=article.pk)
    assert '<q lang="fr" dir="ltr">Nous n’ouvrons pas</q>' in story.body
    assert "They’ve ***" not in story.body
