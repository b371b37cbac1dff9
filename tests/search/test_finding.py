"""What is found in print, and what never is."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import press, search, tagging
from articles.models import SearchName, SearchQuote, SearchStem, SearchStory, SearchWord, Story, StoryTopic
from articles.search import engines, finding, suggesting
from tests import factories
from tests.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db
TABLES = (SearchStory, SearchQuote, SearchName, SearchWord, SearchStem)


def found(text, **options):
    return search.find(search.parse(text), **options)


def headlines(text, **options):
    return [hit.story.headline for hit in found(text, **options).stories]


@pytest.fixture
def archive(people, desk):
    """Four stories, a day apart: `archive["wheat"]`."""
    rivers, tamar = factories.topic("Rivers"), factories.actor("Tamar Osk", kind="person")
    tamar.aliases.create(name="The Heron")
    told = {
        "wheat": ("Wheat prices approved", "<p>Ministers approving the levy met at the customs house.</p>", {}),
        "ferry": ("Ferry strike ends", "<p>The ferry crews met at the house by the customs quay.</p>", {}),
        "essay": ("What rivers owe us", "<p>Universities and wheat, in that order.</p>", {"genre": "analysis"}),
        "arabic": ("إعادة فتح الميناء", "<p>فُتح الميناء اليوم.</p>", {"language": "ar"}),
    }
    made = {}
    for day, (name, (headline, body, fields)) in enumerate(told.items()):
        article = factories.article(
            people.writer, desk, headline=headline, body=body, slug=name, standfirst="As told.", **fields
        )
        if name == "essay":
            article.topics.add(factories.topic("Floods", parent=rivers))
            article.actors.add(tamar)
            article.record_revision(by=people.writer)
        made[name] = factories.publish(article, people, at=FIRST_DAY + timedelta(days=day))
    return made


FOUND = [
    ("approve", ["wheat"]),
    ("wheat", ["essay", "wheat"]),
    ("wheat -universities", ["wheat"]),
    ('"customs house"', ["wheat"]),
    ("customs house", ["ferry", "wheat"]),
    ("univers*", ["essay"]),
    ("approvi*", ["wheat"]),
    ("universit*", ["essay"]),
    ("actor:heron", ["essay"]),
    ("actor:tamar-osk", ["essay"]),
    ("-actor:tamar-osk house", ["ferry", "wheat"]),
    ("topic:rivers", ["essay"]),
    ("topic:shipping wheat", ["essay", "wheat"]),
    ("by:wren genre:analysis", ["essay"]),
    ("by:nobody wheat", []),
    ("actor:nobody wheat", []),
    ("before:2026-03-03 wheat", ["wheat"]),
    ("after:2026-03-03 wheat", ["essay"]),
    ("year:2026 -ferry -wheat", ["arabic"]),
    ("-ferry", ["arabic", "essay", "wheat"]),
    ("ميناء", ["arabic"]),
    ("الميناء", ["arabic"]),
    ("فتح الميناء", ["arabic"]),
]


def test_stories_are_found_by_what_was_typed(archive):
    for text, names in FOUND:
        assert headlines(text, order=search.NEWEST) == [archive[name].headline for name in names], text
        assert sorted(headlines(text)) == sorted(archive[name].headline for name in names), text


def test_a_word_in_the_headline_counts_more_than_one_in_the_body(archive):
    assert headlines("wheat") == [archive["wheat"].headline, archive["essay"].headline]


def test_quotes_and_names_are_found_beside_stories(story):
    answer = found("swept")
    assert [said.words for said in answer.quotes] == ["We will not reopen it before the channel is <mark>swept</mark>"]
    assert [name.name for name in found("maran").names] == ["Ilse Maran"]
    assert headlines("quote:swept") == [story.headline]
    assert headlines("quote:breakwater") == []
    assert [said.quote.speaker_name for said in found("quote:swept", kind=search.QUOTES).quotes] == ["Ilse Maran"]
    assert [said.quote.speaker_name for said in found("actor:ilse-maran", kind=search.QUOTES).quotes] == ["Ilse Maran"]
    assert [name.name for name in found("ship*", kind=search.NAMES).names] == ["Shipping"]


def test_answers_can_be_narrowed_and_widened_again(archive):
    facets = {facet.name: facet for facet in found("wheat").facets}
    assert [(each.label, each.count) for each in facets["genre"].choices] == [("Analysis", 1), ("News", 1)]
    (choice,) = facets["actor"].choices
    assert (choice.label, choice.count) == ("Tamar Osk", 1)
    assert headlines(choice.text) == [archive["essay"].headline]
    (left,) = next(facet for facet in found(choice.text).facets if facet.name == "actor").choices
    assert (left.is_chosen, left.label, left.text) == (True, "Tamar Osk", "wheat")
    assert "topic" in facets
    assert "year" not in facets, "what all of them have narrows nothing"


@pytest.mark.parametrize("order", [search.NEWEST, search.BEST])
def test_pages_follow_each_other_without_a_gap(in_print, monkeypatch, order):
    monkeypatch.setattr(finding, "PAGE", 3)
    made = in_print(8)
    seen, key = [], ""
    for _page in range(3):
        answer = found("harbour", order=order, key=key)
        seen += [hit.story.pk for hit in answer.stories]
        assert answer.total == 8
        key = answer.next_key
    assert key == ""
    assert seen == [story.pk for story in made]


def test_newest_pages_go_on_beyond_what_is_counted(in_print, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    monkeypatch.setattr(finding, "BOUND", 3)
    made = in_print(7)
    seen, key = [], ""
    for _page in range(4):
        answer = found("harbour", order=search.NEWEST, key=key)
        assert (answer.total, answer.is_more) == (3, True)
        seen += [hit.story.pk for hit in answer.stories]
        key = answer.next_key
    assert seen == [story.pk for story in made]
    assert key == ""
    best = found("harbour", order=search.BEST, key=found("harbour", order=search.BEST).next_key)
    assert [hit.story.pk for hit in best.stories] == [made[2].pk]
    assert best.next_key == ""


@pytest.mark.parametrize(
    "key", ["x", "////", "9" * 500, "bm98MXwy", "bnwwLjB8OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "\x00", "é"]
)
def test_a_page_key_that_never_was_is_the_first_page(story, key):
    answer = found("harbour", order=search.NEWEST, key=key)
    assert [hit.story.pk for hit in answer.stories] == [story.pk]


def test_a_slip_of_a_key_is_put_right(story):
    for slip, meant in (
        ("harbuor", "harbour"),
        ("harbor", "harbour"),
        ("brekwater", "breakwater"),
        ("shiping harbour", "shipping harbour"),
    ):
        answer = found(slip)
        assert (answer.total, answer.correction) == (0, meant)
    assert found("actor:marran").correction == "actor:maran"
    assert found("zzzzzz").correction == ""
    assert found("harbour lighthouse").correction == ""


def test_a_word_that_finds_something_alone_is_offered_where_all_together_do_not(story):
    answer = found("harbuor lighthouse swept")
    assert (answer.correction, answer.fewer) == ("", ["harbour", "swept"])


def test_stories_found_by_their_tags_alone_say_so(story):
    (hit,) = found("wren").stories
    assert hit.names == ["<mark>Wren</mark>"]
    (hit,) = found("harbour").stories
    assert hit.names == []


def test_beginnings_are_beginnings_of_words_and_not_of_stems(archive):
    assert headlines("approvin*") == [archive["wheat"].headline]
    assert headlines("wheatz*") == []


def test_a_long_beginning_stands_for_the_stems_in_print(archive):
    assert {"wheat", "approv", "custom"} <= set(SearchStem.objects.values_list("pk", flat=True))
    assert not SearchStem.objects.filter(pk__in=["the", "met", "levi"]), "short ones are ready in the index"
    assert headlines("custom*", order=search.NEWEST) == [archive[name].headline for name in ("ferry", "wheat")]
    assert headlines("house-by-the-custo*") == [archive["ferry"].headline]
    assert headlines("wheat -univer*") == [archive["wheat"].headline]
    assert [hit.headline for hit in found("price*").stories] == ["Wheat <mark>prices</mark> approved"]
    assert [each.label for each in search.suggest("univer")] == []
    assert [each.label for each in search.suggest("wheat pric")] == [archive["wheat"].headline]


def test_beginnings_of_very_many_words_find_the_shortest_and_say_so(archive, client, monkeypatch):
    monkeypatch.setattr(engines, "MOST_STEMS", 1)
    SearchStem.objects.create(pk="wheatfield")
    answer = found("wheat*")
    assert (answer.bounded, answer.total) == (["wheat"], 2)
    assert "Very many words begin with “wheat”" in client.get("/search/?q=wheat*").content.decode()
    assert found("quay* univers*").bounded == [], "no more than are asked for"


def test_headlines_are_suggested_from_the_newest_that_hold_the_words(archive, monkeypatch):
    assert [each.label for each in search.suggest("house")] == [], "in bodies alone"
    assert [each.label for each in search.suggest("rivers ow")] == [archive["essay"].headline]
    assert [each.label for each in search.suggest("wheat")] == [archive["wheat"].headline]
    monkeypatch.setattr(suggesting, "LOOKED_THROUGH", 1)
    assert [each.label for each in search.suggest("wheat")] == [], "a newer one holds the word"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads rows where it finds them")
def test_what_is_told_of_rows_is_read_off_an_index(archive):
    expression = engines.Expression((engines.Test((("wheat",),)),))
    statement, values = engines.statement("newest", engines.STORIES, expression, 9, ())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        assert "USING COVERING INDEX search_story_told" in str(cursor.fetchall())


def test_stems_are_the_same_read_off_the_index(archive, story):
    kept = set(SearchStem.objects.values_list("pk", flat=True))
    SearchStem.objects.all().delete()
    import_module("articles.migrations.0010_search_at_scale").fill(None, SimpleNamespace(connection=connection))
    assert set(SearchStem.objects.values_list("pk", flat=True)) == kept


def test_two_words_are_ranked_by_both(archive):
    assert headlines("the house customs wheat") == [archive["wheat"].headline]
    scores = [row[3] for row in engines.best(engines.STORIES, finding._expression(search.parse("wheat"), {}), 9)]
    assert scores == sorted(scores)
    assert scores[0] < scores[1] < 0


# --- what is not in print -----------------------------------------------------------------------------------------

PLANTED = "quagmirish"


def everything(text):
    """All that search says of `text`, as one string of words."""
    answers = [found(text, kind=kind) for kind in (search.STORIES, search.QUOTES, search.NAMES)]
    told = [(a.total, a.correction, a.stories, a.quotes, [n.name for n in a.names], a.facets) for a in answers]
    return told, [vars(each) for each in search.suggest(text)], search.newest_stories(search.parse(text), 9)


def nothing():
    return everything("neverwritten")


@pytest.fixture
def planted(people, desk, story):
    """A draft with a word of its own in every place, beside a story in print."""
    actor = factories.actor(f"{PLANTED.title()} Person")
    actor.aliases.create(name=f"{PLANTED} alias")
    article = factories.article(
        people.writer,
        desk,
        headline=f"{PLANTED} headline",
        standfirst=PLANTED,
        kicker=PLANTED,
        body=f"<p>“All of it is {PLANTED} indeed,” somebody said.</p>",
    )
    article.actors.add(actor)
    article.topics.add(factories.topic(f"{PLANTED} topic"))
    source = factories.attribution(article, label=PLANTED, source_actor=actor)
    factories.quote(article, f"All of it is {PLANTED} indeed,", speaker=actor, attribution=source)
    article.record_revision(by=people.writer)
    return article


def test_drafts_are_never_found_counted_suggested_or_offered(planted):
    for text in (PLANTED, f"{PLANTED[:5]}*", PLANTED.replace("mir", "mri"), f"actor:{PLANTED}", f"quote:{PLANTED}"):
        told, suggestions, stories = everything(text)
        assert (suggestions, stories) == ([], [])
        assert [row[:2] for row in told] == [(0, "")] * 3, text
        assert [row[4] for row in told] == [[]] * 3
    assert not SearchWord.objects.filter(word__contains=PLANTED)


def test_what_is_printed_is_found_and_what_is_withdrawn_is_gone(planted, people, story):
    before = [model.objects.count() for model in TABLES]
    factories.publish(planted, people)
    told, suggestions, stories = everything(PLANTED)
    assert [row[0] for row in told] == [1, 1, 2]
    assert len(suggestions) == 3
    assert [each.pk for each in stories] == [planted.pk]
    assert found(PLANTED.replace("mir", "mri")).correction == PLANTED
    assert headlines(f"actor:{PLANTED}") == [f"{PLANTED} headline"]
    planted.refresh_from_db()
    press.withdraw(planted, by=people.publisher, note="Published in error.")
    test_drafts_are_never_found_counted_suggested_or_offered(planted)
    assert [model.objects.count() for model in TABLES] == before
    assert headlines("harbour") == [story.headline]


# --- the press keeps it -------------------------------------------------------------------------------------------


def test_what_changes_in_an_edition_changes_in_the_index(article, people):
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    article.headline = "Lighthouse keeper retires"
    article.save()
    article.record_revision(by=people.writer)
    assert headlines("lighthouse") == []
    factories.approve(article, people)
    press.publish(article, by=people.publisher, kind="update", note="New.")
    assert headlines("lighthouse") == ["Lighthouse keeper retires"]
    assert found("lighthuose").correction == "lighthouse"


def test_merged_actors_are_found_as_one(story, people):
    other = factories.actor("Ilse Maran-Holt")
    tagging.merge(factories.actor(), other, by=people.publisher)
    assert headlines("actor:ilse-maran-holt") == [story.headline] == headlines("holt")
    assert [(name.name, name.slug) for name in found("maran", kind=search.NAMES).names] == [
        ("Ilse Maran-Holt", "ilse-maran-holt")
    ]
    assert headlines("actor:ilse-maran") == [story.headline], "the old name leads on"


def test_nothing_is_written_when_a_story_is_printed_as_it_was(story):
    with CaptureQueriesContext(connection) as captured:
        press.reprint()
    told = [query["sql"] for query in captured if "articles_search" in query["sql"]]
    assert told, "the index was looked at"
    assert [sql for sql in told if not sql.startswith("SELECT")] == []


def test_an_empty_index_is_filled_by_reprint(in_print):
    in_print(2)
    expected = sorted(headlines("harbour"))
    for model in TABLES:
        model.objects.all().delete()
    assert headlines("harbour") == []
    press.reprint()
    assert sorted(headlines("harbour")) == expected
    assert [name.name for name in found("maran").names] == ["Ilse Maran"]
    assert found("harbuor").correction == "harbour"


def test_stories_of_topics_above_are_found_by_them(archive):
    assert StoryTopic.objects.filter(story=archive["essay"], is_direct=False).exists()
    assert headlines("topic:rivers") == [archive["essay"].headline]
    assert Story.objects.count() == 4


def test_story_is_found_by_the_caption_of_its_picture(people, desk, article):
    article.lead_image = factories.image(caption="Pelicans off the breakwater.")
    article.save()
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    assert headlines("pelican") == [story.headline]
