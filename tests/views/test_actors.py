"""The actors' index and dossiers."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.utils.html import strip_tags

from articles import dossiers, press, surrogates, tagging
from articles.models import (
    Actor,
    ActorRelation,
    Attribution,
    Dossier,
    Position,
    Story,
    StoryRelation,
    TagMerge,
    Topic,
)
from articles.models.sources import Basis
from articles.press.references import of_revisions
from articles.printing import Sheet
from articles.views import actors as actor_views
from tests import factories
from tests.reading import addresses, entries, next_key

pytestmark = pytest.mark.django_db


def test_dossier_tells_names_words_and_stories_when_in_print(client, story):
    speaker = factories.actor()
    speaker.description = "Harbour master of Port Selm since the flood."
    speaker.save()
    speaker.aliases.create(name="Captain Maran")
    speaker.aliases.create(name="Maranite", kind="demonym")
    dossiers.compile_dossiers([speaker.pk])
    page = client.get("/actors/ilse-maran/").content.decode()
    for words in ("Harbour master of Port Selm", "Captain Maran", "We will not reopen it", story.headline):
        assert words in page
    assert "Maranite" not in page
    assert f'href="{story.get_absolute_url()}#q-{story.quotes.get().pk}:~:text=' in page


@pytest.fixture
def related(article, people):
    """A published story in which a source says that Ilse Maran leads the Harbour Board, and denies another thing."""
    speaker, board = factories.actor(), factories.actor("Harbour Board", "body")
    state = factories.actor("Selm", "state")
    for each in (board, state):
        article.actors.add(each)
    source = Attribution.objects.get(article=article)
    told = {"attribution": source, "stated_on": date(2026, 3, 2)}
    ActorRelation.objects.create(actor=speaker, kind="leads", other=board, since=date(2021, 5, 1), **told)
    ActorRelation.objects.create(actor=speaker, kind="opposes", other=state, is_denied=True, **told)
    Position.objects.create(actor=speaker, title="Harbour master", body=state, since=date(2021, 5, 1))
    article.record_revision(by=people.writer)
    return factories.publish(article, people)


def test_dossier_tells_positions_and_relations_with_who_asserts_and_who_denies_them(client, related):
    page = unescape(strip_tags(client.get("/actors/ilse-maran/").content.decode()))
    words = " ".join(page.split())
    assert "Harbour master, Selm since 1 May 2021" in words
    assert f"Leads Harbour Board Asserted: the harbour master, 2 March 2026 · since 1 May 2021 · {related}" in words
    assert f"Opposes Selm Denied: the harbour master, 2 March 2026 · {related}" in words
    other = " ".join(unescape(strip_tags(client.get("/actors/harbour-board/").content.decode())).split())
    assert "Led by Ilse Maran Asserted" in other


def test_relation_is_not_printed_when_its_source_may_not_be_told_or_an_actor_is_none_of_the_story(
    article, people, client
):
    speaker, board, ghost = (
        factories.actor(),
        factories.actor("Harbour Board", "body"),
        factories.actor("Ghost Fleet", "organisation"),
    )
    article.actors.add(board)
    open_source = Attribution.objects.get(article=article)
    secret = factories.attribution(article, "Deep one", basis=Basis.DEEP_BACKGROUND)
    ActorRelation.objects.create(actor=speaker, kind="leads", other=board, attribution=secret)
    ActorRelation.objects.create(actor=speaker, kind="backs", other=ghost, attribution=open_source)
    article.record_revision(by=people.writer)
    document = article.latest_revision().document
    assert len(document["relations"]) == 2
    revision = article.latest_revision()
    sheet = Sheet(document, of_revisions([revision])[revision.pk])
    assert sheet.relation_rows() == []


def test_relations_are_printed_again_from_the_edition_and_go_with_the_story(related, people, article, client):
    before = list(StoryRelation.objects.order_by("pk").values())
    assert len(before) == 2
    ActorRelation.objects.all().delete()
    press.reprint()
    assert list(StoryRelation.objects.order_by("pk").values()) == before
    press.withdraw(Story.objects.get().pk and article, by=people.publisher, note="It was wrong.")
    assert not StoryRelation.objects.exists()
    assert factories.actor().dossier.relations == []


def test_actor_does_not_exist_for_readers_when_only_drafts_name_it(client, people, desk, story):
    draft = factories.article(people.writer, desk, slug="the-canary")
    draft.actors.add(factories.actor("Canary Wharfinger"))
    draft.record_revision(by=people.writer)
    assert client.get("/actors/canary-wharfinger/").status_code == 404
    never = client.get("/actors/never-was/")
    assert client.get("/actors/canary-wharfinger/").content == never.content
    for address in ("/", "/actors/", "/actors/?kind=person", "/latest/", "/feeds/latest.rss"):
        assert "Canary" not in client.get(address).content.decode()


def test_index_is_narrowed_when_a_kind_is_chosen(client, people, desk):
    article = factories.article(people.writer, desk)
    article.actors.add(factories.actor("Port of Selm", kind="organisation"))
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    page = client.get("/actors/", {"kind": "organisation"}).content.decode()
    assert "Port of Selm" in page
    assert "Ilse Maran" not in page
    assert client.get("/actors/", {"kind": "wizard"}).status_code == 404


def test_index_pages_by_name_when_it_is_long(client, people, desk, monkeypatch):
    monkeypatch.setattr("articles.views.actors.INDEX_PAGE", 2)
    article = factories.article(people.writer, desk)
    for name in ("Abel Ost", "Berit Vale", "Celia Maas"):
        article.actors.add(factories.actor(name))
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    first = client.get("/actors/", {"kind": "person"})
    second = client.get("/actors/", {"kind": "person", "before": first.context["page"].next_key})
    names = [dossier.actor.name for dossier in (*first.context["dossiers"], *second.context["dossiers"])]
    assert names == ["Abel Ost", "Berit Vale", "Celia Maas", "Ilse Maran"]
    assert "kind=person&amp;before=" in first.content.decode()


@pytest.fixture
def register(people, desk):
    """A story that names people under several letters and a body, with other names."""
    article = factories.article(people.writer, desk)
    for name, kind in (("Émile Ost", "person"), ("Abel Ost", "person"), ("أحمد حداد", "person"), ("East Bank", "body")):
        article.actors.add(factories.actor(name, kind))
    factories.actor("East Bank").aliases.create(name="Savings House")
    factories.actor("East Bank").aliases.create(name="Eastbanker", kind="demonym")
    factories.actor("Elsa Never")
    article.record_revision(by=people.writer)
    return factories.publish(article, people)


def test_index_offers_the_letters_that_somebody_stands_under(client, register):
    page = client.get("/actors/")
    assert page.context["letters"] == ["A", "E", "I", "ا"]
    assert [dossier.actor.name for dossier in page.context["dossiers"]] == [
        *("Abel Ost", "East Bank", "Émile Ost", "Ilse Maran", "أحمد حداد")
    ]
    under = client.get("/actors/", {"letter": "e"})
    assert [dossier.actor.name for dossier in under.context["dossiers"]] == ["East Bank", "Émile Ost"]
    of_kind = client.get("/actors/", {"letter": "E", "kind": "body"})
    assert [dossier.actor.name for dossier in of_kind.context["dossiers"]] == ["East Bank"]
    assert of_kind.context["letters"] == ["E"]
    assert client.get("/actors/", {"letter": "Q"}).status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ost", ["Abel Ost", "Émile Ost"]),
        ("EMILE o", ["Émile Ost"]),
        ("حداد", ["أحمد حداد"]),
        ("savings", ["East Bank"]),
        ("eastbanker", ["East Bank"]),
        ("east", ["East Bank"]),
        ("bank", ["East Bank"]),
        ("ast", []),
        ("elsa", []),
        ("%", []),
        ("\x00", None),
        ("(*\"'", []),
        ("o" * 5000, []),
    ],
)
def test_name_is_looked_up_by_the_beginning_of_any_word_of_any_name(client, register, words, found):
    page = client.get("/actors/", {"q": words})
    if found is None:
        assert page.context["q"] == ""
    else:
        assert sorted(row.actor.name for row in page.context["found"]) == found
    assert page.status_code == 200


def test_look_up_keeps_to_a_kind_when_one_is_chosen(client, register):
    assert client.get("/actors/", {"q": "ost", "kind": "body"}).context["found"] == []
    page = client.get("/actors/", {"q": "sav", "kind": "body"}).content.decode()
    assert "found as Savings House" in page


def test_dossier_draws_activity_and_company_with_links_and_a_table(client, register):
    page = client.get("/actors/abel-ost/").content.decode()
    assert page.count('class="arcs__node"') == 4
    assert 'aria-label="East Bank, 1 story"' in page
    assert "<desc" in page
    assert "As a table" in page
    key = re.search(r'<th scope="row"><a href="/actors/abel-ost/\?before=([^"]+)">', page)[1]
    assert entries(client.get("/actors/abel-ost/", {"before": key})) == addresses([register])


def test_dossier_links_to_wikidata_when_its_id_is_known(client, story):
    assert "wikidata.org" not in client.get("/actors/ilse-maran/").content.decode()
    Actor.objects.update(wikidata_id="Q42")
    assert 'href="https://www.wikidata.org/wiki/Q42"' in client.get("/actors/ilse-maran/").content.decode()


def test_dossier_holds_when_it_has_not_been_put_together(client, story):
    Dossier.objects.all().delete()
    page = client.get("/actors/ilse-maran/")
    assert page.status_code == 200
    assert story.headline in page.content.decode()


def test_old_address_of_a_renamed_actor_leads_to_the_new_one(client, client_of, people, story):
    actor, topic = Actor.objects.get(), Topic.objects.get()
    for kind, tag, extra in (("actor", actor, {"kind": "person"}), ("topic", topic, {})):
        empty = {
            f"{prefix}-{name}": 0 for prefix in ("aliases", "positions") for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        form = {"name": f"{tag.name} II", "slug": f"{tag.slug}-ii", **extra, **empty}
        answer = client_of(people.publisher).post(f"/admin/articles/{kind}/{tag.pk}/change/", form)
        assert answer.status_code == 302, answer.context["errors"]
    for old, new in (("/actors/ilse-maran/", "/actors/ilse-maran-ii/"), ("/topics/shipping/", "/topics/shipping-ii/")):
        answer = client.get(old)
        assert (answer.status_code, answer.get("Location")) == (301, new)
    moved = client.get("/actors/ilse-maran/quotes/")
    assert (moved.status_code, moved["Location"]) == (301, "/actors/ilse-maran-ii/quotes/")


def test_own_words_are_left_to_the_first_page_when_stories_go_on(client, in_print, monkeypatch):
    monkeypatch.setattr(actor_views, "STORIES", 3)
    stories = in_print(5)
    first = client.get("/actors/ilse-maran/")
    second = client.get("/actors/ilse-maran/", {"before": next_key(first)})
    assert entries(second) == addresses(stories[3:])
    assert 'class="words"' in first.content.decode()
    assert 'class="words"' not in second.content.decode()


def test_what_a_dossier_tells_is_right_when_it_changes(client, in_print, settings):
    (story,) = in_print(1)
    assert "Harbour master of old" not in client.get("/actors/ilse-maran/").content.decode()
    Actor.objects.update(description="Harbour master of old.")
    story.quotes.update(verification="disputed")
    page = client.get("/actors/ilse-maran/").content.decode()
    assert page.count("Harbour master of old.") == 4  # for readers, in the head twice, for machines
    assert "state--disputed" in page
    settings.NEWSROOM_NAME = "The Other Record"
    assert page.count("The Other Record") < client.get("/actors/ilse-maran/").content.decode().count("The Other Record")


def test_a_portrait_goes_with_its_day(client, story):
    image = factories.image(expires_on=date(2026, 3, 3))
    Actor.objects.update(image=image)
    for day, is_shown in (("2026-03-03 12:00", True), ("2026-03-04 12:00", False)):
        with time_machine.travel(f"{day}+00:00", tick=False):
            assert ('class="dossier__portrait"' in client.get("/actors/ilse-maran/").content.decode()) is is_shown


def test_a_dossier_is_filed_under_all_it_shows_also_when_it_was_set_before(client, in_print):
    stories = in_print(2)
    filed = []
    for _ in range(2):
        with surrogates.noting() as keys:
            client.get("/actors/ilse-maran/")
        filed.append(keys)
    told = {f"actor-{factories.actor().pk}", *surrogates.keys("story", [story.pk for story in stories])}
    assert filed == [told, told]


@pytest.mark.parametrize(
    "address",
    [
        *("/actors/", "/actors/?letter=I&kind=person", "/actors/?q=maran", "/actors/ilse-maran/"),
        *("/actors/ilse-maran/quotes/", "/actors/ilse-maran/quotes/?topic=shipping&how=press_conference&year=2026"),
        "/actors/ilse-maran/mentions/",
    ],
)
def test_page_costs_the_same_when_there_are_more_stories(address, queries, in_print):
    in_print(1)
    one = queries(address)
    in_print(4)
    assert queries(address) == one <= 4


def test_dossier_costs_the_same_when_more_appear_in_it(queries, people, desk):
    def publish(*names):
        article = factories.article(people.writer, desk)
        article.actors.add(*(factories.actor(name) for name in names))
        article.record_revision(by=people.writer)
        return factories.publish(article, people)

    publish("Abel Ost", "Bea Ost")
    one = queries("/actors/ilse-maran/")
    publish(*(f"Person Number{n}" for n in range(12)))
    assert queries("/actors/ilse-maran/") == one <= 4


def test_address_of_a_merged_actor_or_topic_leads_to_the_one_that_stands_for_it(client, story, people):
    shipping = Topic.objects.get(name="Shipping")
    tagging.merge(factories.actor(), factories.actor("Ilse Maran-Holt"), by=people.publisher)
    tagging.merge(shipping, factories.topic("Sea trade"), by=people.publisher)
    for old, new in (("/actors/ilse-maran/", "/actors/ilse-maran-holt/"), ("/topics/shipping/", "/topics/sea-trade/")):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert client.get(new).status_code == 200
    tagging.undo(TagMerge.objects.get(vocabulary="actor"), by=people.publisher)
    assert client.get("/actors/ilse-maran/").status_code == 200
    assert client.get("/actors/ilse-maran-holt/").status_code == 404


def test_address_of_a_merged_actor_does_not_tell_of_unpublished_work(client, people, story):
    tagging.merge(factories.actor("Canary Old"), factories.actor("Canary New"), by=people.publisher)
    assert client.get("/actors/canary-old/").status_code == 404
    assert client.get("/actors/canary-old/").content == client.get("/actors/never-was/").content


def test_words_are_shown_once_when_a_story_is_in_print_in_two_languages(client, people, desk):
    english = factories.article(people.writer, desk)
    factories.publish(english, people)
    arabic = factories.article(people.writer, desk, translation_of=english, language="ar", slug="ميناء-سيلم")
    factories.publish(arabic, people)
    words = client.get("/actors/ilse-maran/").context["own_words"]
    assert [quote.story_id for quote in words] == [english.pk]
