"""The board of the desk: what stands on it for whom, and that a card is moved by the verb of its button."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import board, press, workflow
from articles.models import Desk, Event
from articles.workflow import Status
from tests import factories
from tests.admin.pages import page, text

URL = "/admin/board/"


def columns(response):
    """{state: [key of each card]}"""
    found = {}
    for section in page(response).iter("section"):
        if section.get("data-column"):
            cards = [node.get("id") for node in section.iter("li") if node.get("data-card") is not None]
            found[section.get("data-column")] = [int(card.removeprefix("story-")) for card in cards]
    return found


def card(response, article):
    """The node of a card."""
    return next(node for node in page(response).iter("li") if node.get("id") == f"story-{article.pk}")


def choices(response, article):
    """{verb: column it leads to} of what the card’s menu can do now, and {label: why} of what it cannot."""
    node = card(response, article)
    able = {button.get("value"): button.get("data-to") for button in node.iter("button") if button.get("value")}
    for link in node.iter("a"):
        query = parse_qs(urlsplit(link.get("href", "")).query)
        if "verb" in query:
            able[query["verb"][0]] = link.get("data-to")
    kept = {button.text: button.get("data-why") for button in node.iter("button") if button.get("data-why")}
    return able, kept


def press_button(client, response, article, verb):
    """What a browser sends when the card’s button is pressed."""
    form = next(card(response, article).iter("form"))
    values = {field.get("name"): field.get("value") for field in form.iter("input") if field.get("name")}
    return client.post(form.get("action"), values | {"verb": verb}, follow=True)


@pytest.fixture
def every_state(people, desk):
    """{state: a story in it}"""
    made = {status: factories.article(people.writer, desk, headline=f"It is {status}") for status in Status}
    for status in ("in_review", "changes_asked"):
        made[status].submit(by=people.writer)
    made["changes_asked"].return_to_writer(by=people.reviewer, note="More.")
    for status in ("approved", "scheduled"):
        factories.approve(made[status], people)
    made["scheduled"].schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=2))
    made["on_hold"].place_hold(by=people.editor, note="Legal reads it.")
    made["killed"].kill(by=people.editor, note="No.")
    for status in ("published", "withdrawn"):
        factories.publish(made[status], people)
    made["withdrawn"].refresh_from_db()
    press.withdraw(made["withdrawn"], by=people.publisher, note="It was wrong.")
    return made


def test_every_story_in_hand_stands_in_the_column_of_its_state(desk_of, people, every_state):
    client = desk_of(people.publisher)
    shown = columns(client.get(URL))
    assert list(shown) == [status.value for status in board.IN_HAND]
    assert shown == {status.value: [every_state[status].pk] for status in board.IN_HAND}
    with_closed = columns(client.get(URL, {"closed": "on"}))
    assert with_closed == {status.value: [every_state[status].pk] for status in (*board.IN_HAND, *board.CLOSED)}


@pytest.mark.parametrize("role", ["writer", "editor", "reviewer", "publisher", "outsider"])
def test_nobody_sees_a_card_of_what_they_may_not_read(role, desk_of, people, every_state):
    sees = {
        "reviewer": {"in_review", "on_hold"},
        "outsider": set(),
    }.get(role, set(board.IN_HAND))
    person = factories.person("second", "Reviewer") if role == "reviewer" else getattr(people, role)
    response = desk_of(person).get(URL)  # the first reviewer was asked for by approving
    assert {state for state, cards in columns(response).items() if cards} == sees
    for status, article in every_state.items():
        if status not in sees:
            assert article.headline not in response.content.decode()


def test_it_is_closed_to_who_reads_no_drafts(desk_of, people):
    assert desk_of(people.admin).get(URL).status_code == 403


def test_it_is_narrowed_by_desk_person_topic_and_actor_and_names_them_in_its_address(desk_of, people, desk):
    sport = Desk.objects.create(name="Sport", slug="sport")
    shipping = factories.topic("Fisheries")
    ports = factories.topic("Trawling", parent=shipping)
    mine = factories.article(people.writer, desk)
    other = factories.article(people.outsider, sport)
    other.topics.add(ports)
    mine.actors.add(factories.actor("Odo Fenn"))
    client = desk_of(people.publisher)
    for asked, expected in (
        ({}, {mine.pk, other.pk}),
        ({"desk": sport.pk}, {other.pk}),
        ({"person": people.writer.pk}, {mine.pk}),
        ({"topic": "Fisheries"}, {other.pk}),
        ({"topic": "trawling"}, {other.pk}),
        ({"actor": "Odo Fenn"}, {mine.pk}),
        ({"actor": "Odo Fenn", "desk": sport.pk}, set()),
        ({"desk": "x", "person": "-1", "topic": "nothing of that name", "closed": "?"}, {mine.pk, other.pk}),
    ):
        assert set(columns(client.get(URL, asked))["draft"]) == expected, asked
    assert "No story fits." in text(client.get(URL, {"actor": "Odo Fenn", "desk": sport.pk}))
    assert "is not in the vocabulary" in text(client.get(URL, {"topic": "nothing of that name"}))


def test_a_long_column_says_there_is_more_and_where(desk_of, people, desk):
    for _each in range(board.SHOWN + 2):
        factories.article(people.writer, desk)
    response = desk_of(people.editor).get(URL, {"desk": desk.pk})
    assert len(columns(response)["draft"]) == board.SHOWN
    assert f"Draft {board.SHOWN}+" in text(response)
    link = next(node for node in page(response).iter("a") if (node.text or "") == "All of these")
    assert parse_qs(urlsplit(link.get("href")).query) == {"desk": [str(desk.pk)], "status": ["draft"]}


# --- what a card offers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["writer", "editor", "reviewer", "publisher"])
def test_a_card_offers_what_the_rail_of_its_story_offers(role, desk_of, people, every_state):
    person = getattr(people, role)
    response = desk_of(person).get(URL, {"closed": "on"})
    for status, article in every_state.items():
        if article.pk not in columns(response)[status]:
            continue
        article.refresh_from_db()
        able, kept = choices(response, article)
        offered = {
            move.verb for move, _why in article.open_moves(person) if not workflow.is_idle(move, article, person)
        }
        labels = {str(workflow.MOVES[verb].label): verb for verb in offered}
        assert set(able) | {labels[label] for label in kept} | ({"hotfix"} & offered) == offered, (status, role)


def test_a_card_says_why_a_move_is_kept_back(desk_of, people, desk):
    failing = factories.article(
        people.editor, desk, headline="It fails", body="<p>“Never recorded words are here.”</p>"
    )
    failing.submit(by=people.editor) if not failing.blocking_findings("submit") else None
    own = factories.article(people.editor, desk)
    own.submit(by=people.editor)
    _able, kept = choices(desk_of(people.editor).get(URL), own)
    assert kept["Approve"] == "Your own work: another person decides on it."
    own.refresh_from_db()
    own.blockers = 2
    own.save(update_fields=["blockers"])
    _able, kept = choices(desk_of(people.publisher).get(URL), own)
    assert kept["Approve"] == "2 checks fail."


def test_a_button_makes_the_move_and_comes_back_to_the_card(desk_of, people, article, desk):
    client = desk_of(people.writer)
    shown = client.get(URL, {"desk": desk.pk})
    assert choices(shown, article)[0]["submit"] == "in_review"
    answer = press_button(client, shown, article, "submit")
    assert answer.redirect_chain[-1][0] == f"{URL}?desk={desk.pk}#story-{article.pk}"
    assert columns(answer)["in_review"] == [article.pk]
    event = Event.objects.filter(article=article.pk).latest("pk")
    assert (event.verb, event.by, event.channel) == ("submit", people.writer, "page")


def test_a_story_that_was_saved_since_is_not_moved_from_an_old_board(desk_of, people, article):
    client = desk_of(people.writer)
    shown = client.get(URL)
    article.headline = "Another headline"
    article.save()
    article.record_revision(by=people.editor)
    assert "was saved since you opened it" in text(press_button(client, shown, article, "submit"))
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_publishing_from_a_card_is_asked_about_on_a_page(desk_of, people, article):
    factories.approve(article, people)
    able, _kept = choices(desk_of(people.publisher).get(URL), article)
    assert able["publish"] == "published"
    link = next(
        node.get("href")
        for node in card(desk_of(people.publisher).get(URL), article).iter("a")
        if "verb=publish" in node.get("href", "")
    )
    assert link.startswith(reverse("admin:articles_article_moves"))


def test_a_rewrite_of_a_live_story_says_that_readers_have_an_edition(desk_of, people, article, story):
    article.refresh_from_db()
    article.revise(by=people.publisher)
    shown = desk_of(people.publisher).get(URL)
    assert "readers have an earlier edition" in " ".join(card(shown, article).itertext())


def test_cost_is_bounded_and_does_not_grow(desk_of, people, desk):
    topic = factories.topic("Shipping")
    asked = {"desk": desk.pk, "person": people.writer.pk, "topic": "Shipping", "closed": "on"}

    def queries():
        client = desk_of(people.editor)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL, asked).status_code == 200
        return len(seen)

    def more():
        made = factories.article(people.writer, desk)
        made.topics.add(topic)
        factories.approve(factories.article(people.writer, desk), people)

    more()
    before = queries()
    for _each in range(5):
        more()
    assert queries() == before <= 15
