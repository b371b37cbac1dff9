"""The calendar of the desk: what it shows to whom, and what moves to another day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import CalendarLink, Desk, Event
from articles.workflow import Status
from tests import factories
from tests.admin.pages import page, text

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
URL = "/admin/calendar/"


@pytest.fixture(autouse=True)
def _today():
    """It is Tuesday, 24 November 2026, ten in the morning."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scheduled(article, people):
    """Goes out on Thursday at noon."""
    factories.approve(article, people)
    article.schedule(by=people.publisher, publish_at=NOON)
    return article


def entries(response):
    """{id: words} of the entries on the page."""
    found = [node for node in page(response).iter("li") if (node.get("class") or "").startswith("entry")]
    return {node.get("id"): " ".join(" ".join(node.itertext()).split()) for node in found}


def form_of(response, entry):
    """What the form of an entry would send."""
    node = next(node for node in page(response).iter("li") if node.get("id") == entry)
    return {field.get("name"): field.get("value", "") for field in node.iter("input")}


@pytest.fixture
def put(desk_of):
    """Put an entry on another day, as the form on the page does."""

    def put(person, entry, day, **changed):
        client = desk_of(person)
        values = form_of(client.get(URL), entry) | {"day": day} | changed
        return client.post(reverse("admin:calendar_move"), values, follow=True)

    return put


# --- what is shown --------------------------------------------------------------------------------------------------


def test_everything_with_a_moment_is_shown_with_its_zone(desk_of, scheduled, people, desk):
    planned = factories.article(people.writer, desk, headline="Planned")
    planned.replan(by=people.editor, publish_at=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))
    due = factories.article(people.writer, desk, headline="Owed")
    due.assign(by=people.editor, due_at=datetime(2026, 11, 25, 17, 0, tzinfo=UTC))
    due.set_embargo(by=people.publisher, until=datetime(2026, 11, 28, 0, 1, tzinfo=UTC))
    shown = entries(desk_of(people.publisher).get(URL))
    assert shown[f"scheduled-{scheduled.pk}"].startswith(f"Goes out 12:00 GMT {scheduled.headline} Scheduled, World")
    assert shown[f"planned-{planned.pk}"].startswith("Planned 09:30 GMT Planned Draft, World")
    assert shown[f"due-{due.pk}"].startswith("Due 17:00 GMT Owed Draft, World, embargoed")
    assert shown[f"embargo-{due.pk}"].startswith("Embargo ends 00:01 GMT Owed")
    assert len(shown) == 4


def test_nothing_is_shown_of_what_is_out_or_will_never_be(desk_of, people, desk, scheduled):
    for verb in ("kill", "publish"):
        made = factories.article(people.writer, desk)
        made.assign(by=people.editor, due_at=NOON)
        made.replan(by=people.editor, publish_at=NOON)
        if verb == "kill":
            made.kill(by=people.editor, note="No.")
        else:
            factories.publish(made, people)
    assert list(entries(desk_of(people.publisher).get(URL))) == [f"scheduled-{scheduled.pk}"]


def test_a_day_is_the_newsrooms_own_when_the_clock_is_ahead_of_utc(desk_of, article, people):
    article.assign(by=people.editor, due_at=datetime(2027, 6, 30, 23, 30, tzinfo=UTC))
    june, july = (desk_of(people.publisher).get(URL, {"day": f"2027-{month}-15"}) for month in ("06", "07"))
    for shown in (june, july):  # the last week of June is the first of July
        document = page(shown)
        day = next(node for node in document.iter("li") if node.get("id") == "day-2027-07-01")
        assert f"due-{article.pk}" in [node.get("id") for node in day.iter("li")]
    assert "Due 00:30 BST" in entries(july)[f"due-{article.pk}"]


@pytest.mark.parametrize("role", ["outsider", "writer", "editor", "reviewer", "publisher"])
def test_a_story_is_on_the_calendar_of_whoever_may_read_it_and_nobody_elses(role, desk_of, article, people):
    article.assign(by=people.editor, due_at=NOON)
    article.set_embargo(by=people.publisher, until=NOON)
    sees = role in ("writer", "editor", "publisher")
    response = desk_of(getattr(people, role)).get(URL)
    assert (article.headline in text(response)) == sees
    assert len(entries(response)) == (2 if sees else 0)


def test_the_calendar_is_closed_to_who_reads_no_drafts(desk_of, people):
    assert desk_of(people.admin).get(URL).status_code == 403
    assert desk_of(people.admin).post(reverse("admin:calendar_link")).status_code == 403


def test_it_is_narrowed_by_desk_and_person(desk_of, article, people):
    article.assign(by=people.editor, due_at=NOON)
    other_desk = Desk.objects.create(name="Sport", slug="sport")
    other = factories.article(people.outsider, other_desk)
    other.assign(by=people.publisher, due_at=NOON)
    client = desk_of(people.publisher)
    for asked, expected in (
        ({}, [article, other]),
        ({"desk": other_desk.pk}, [other]),
        ({"person": people.writer.pk}, [article]),
        ({"desk": other_desk.pk, "person": people.writer.pk}, []),
        ({"desk": "no", "person": 99_999, "day": "never", "view": "decade"}, [article, other]),
    ):
        assert set(entries(client.get(URL, asked))) == {f"due-{each.pk}" for each in expected}, asked


@pytest.mark.parametrize(
    ("asked", "title", "first", "days"),
    [
        ({}, "November 2026", "2026-10-26", 42),
        ({"view": "week"}, "Week of 23 November 2026", "2026-11-23", 7),
        ({"view": "week", "day": "2027-01-01"}, "Week of 28 December 2026", "2026-12-28", 7),
        ({"day": "2027-02-14"}, "February 2027", "2027-02-01", 28),
        ({"day": "0001-01-01"}, "November 2026", "2026-10-26", 42),
        ({"day": "9999-12-31"}, "November 2026", "2026-10-26", 42),
        ({"day": "2026-02-30"}, "November 2026", "2026-10-26", 42),
    ],
)
def test_month_and_week_begin_on_monday_whatever_is_asked(asked, title, first, days, desk_of, people):
    response = desk_of(people.writer).get(URL, asked)
    assert title in text(response)
    shown = [node.get("data-day") for node in page(response).iter("li") if node.get("data-day")]
    assert (shown[0], len(shown)) == (first, days)
    assert ("2026-11-24" in shown) == ('aria-current="date"' in response.content.decode())


def test_a_full_day_says_how_many_more_there_are_and_the_week_shows_them(desk_of, people, desk):
    for _each in range(7):
        factories.article(people.writer, desk).assign(by=people.editor, due_at=NOON)
    client = desk_of(people.editor)
    month = client.get(URL)
    assert len(entries(month)) == 5
    assert "2 more" in text(month)
    assert len(entries(client.get(URL, {"view": "week"}))) == 7


def test_cost_does_not_grow_with_entries(desk_of, people, desk):
    def queries(user):
        client = desk_of(user)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL, {"view": "week", "desk": desk.pk, "person": user.pk}).status_code == 200
        return len(seen)

    def more():
        made = factories.article(people.writer, desk)
        made.assign(by=people.editor, due_at=NOON)
        made.set_embargo(by=people.publisher, until=NOON)
        factories.approve(factories.article(people.writer, desk), people).schedule(by=people.publisher, publish_at=NOON)

    more()
    before = [queries(user) for user in (people.editor, people.publisher)]
    for _each in range(4):
        more()
    assert [queries(user) for user in (people.editor, people.publisher)] == before
    assert max(before) <= 16


# --- another day ----------------------------------------------------------------------------------------------------


def test_a_scheduled_story_keeps_its_time_of_day_and_what_it_is_published_as(put, article, people, story):
    article.refresh_from_db()
    article.revise(by=people.publisher)
    factories.approve(article, people)
    given = {"kind": "correction", "wrong": "Monday", "right": "Tuesday", "note": "Sorry."}
    article.schedule(by=people.publisher, publish_at=NOON, **given)
    answer = put(people.publisher, f"scheduled-{article.pk}", "2026-12-01")
    article.refresh_from_db()
    assert article.publish_at == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert (article.status, article.publish_as) == (Status.SCHEDULED, given)
    assert "goes out Tuesday 1 December, 12:00 GMT." in text(answer)
    assert article.events.first().verb == "schedule"


def test_the_wall_clock_stays_when_the_clocks_have_been_changed_between(put, scheduled, people, desk_of):
    put(people.publisher, f"scheduled-{scheduled.pk}", "2027-06-01")
    scheduled.refresh_from_db()
    assert scheduled.publish_at == datetime(2027, 6, 1, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "why"),
    [("2027-03-28", "01:30 does not exist. The next minute is 02:00."), ("2027-10-31", "01:30 comes twice")],
)
def test_a_day_is_refused_when_its_clock_skips_or_repeats_that_time(day, why, put, article, people):
    factories.approve(article, people)
    half_past_one = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)
    article.schedule(by=people.publisher, publish_at=half_past_one)
    assert why in text(put(people.publisher, f"scheduled-{article.pk}", day))
    article.refresh_from_db()
    assert article.publish_at == half_past_one


def test_a_day_is_refused_with_the_reason_when_it_is_past_or_under_embargo(put, scheduled, people):
    entry = f"scheduled-{scheduled.pk}"
    assert "stays where it is. That moment has passed" in text(put(people.publisher, entry, "2026-11-23"))
    scheduled.set_embargo(by=people.publisher, until=NOON - timedelta(hours=1))
    assert "The embargo ends at" in text(put(people.publisher, entry, "2026-11-25"))
    assert "That is no day" in text(put(people.publisher, entry, "Thursday"))
    scheduled.refresh_from_db()
    assert scheduled.publish_at == NOON


def test_due_and_planned_are_moved_by_who_may_edit_with_before_and_after_in_the_log(put, article, people):
    article.assign(by=people.editor, due_at=NOON)
    article.replan(by=people.editor, publish_at=NOON)
    put(people.writer, f"due-{article.pk}", "2026-11-25")
    put(people.editor, f"planned-{article.pk}", "2026-11-30")
    article.refresh_from_db()
    assert article.due_at == NOON - timedelta(days=1)
    assert article.publish_at == NOON + timedelta(days=4)
    plan, due = article.events.all()[:2]
    assert (plan.verb, plan.by, plan.details) == (
        "plan",
        people.editor,
        {"publish_at": ["2026-11-26T12:00:00+00:00", "2026-11-30T12:00:00+00:00"]},
    )
    assert (due.verb, due.by) == ("assign", people.writer)
    assert article.status == Status.DRAFT


def test_a_due_date_is_not_put_on_a_day_that_has_passed(put, article, people):
    article.assign(by=people.editor, due_at=NOON)
    assert "That moment has passed" in text(put(people.editor, f"due-{article.pk}", "2026-11-20"))
    article.refresh_from_db()
    assert article.due_at == NOON


def test_no_form_is_offered_and_a_forged_one_refused_when_one_may_only_look(desk_of, scheduled, people):
    client = desk_of(people.editor)
    shown = client.get(URL)
    assert f"scheduled-{scheduled.pk}" in entries(shown)
    assert form_of(shown, f"scheduled-{scheduled.pk}") == {}
    values = {"article": scheduled.pk, "kind": "scheduled", "was": NOON.isoformat(), "day": "2026-12-01"}
    assert client.post(reverse("admin:calendar_move"), values).status_code == 403
    assert desk_of(people.outsider).post(reverse("admin:calendar_move"), values).status_code == 404
    assert client.post(reverse("admin:calendar_move"), values | {"article": 99_999}).status_code == 404
    assert client.post(reverse("admin:calendar_move"), values | {"kind": "embargo"}).status_code == 404
    assert client.post(reverse("admin:calendar_move"), {}).status_code == 404
    assert client.get(reverse("admin:calendar_move")).status_code == 405
    scheduled.refresh_from_db()
    assert scheduled.publish_at == NOON


def test_nothing_moves_when_it_was_moved_since_the_page_was_opened(put, scheduled, people, desk_of):
    entry = f"scheduled-{scheduled.pk}"
    values = form_of(desk_of(people.publisher).get(URL), entry) | {"day": "2026-12-01"}
    scheduled.unschedule(by=people.publisher)
    answer = desk_of(people.publisher).post(reverse("admin:calendar_move"), values, follow=True)
    assert "It was moved since you opened the calendar" in text(answer)
    scheduled.refresh_from_db()
    assert (scheduled.status, scheduled.publish_at) == (Status.APPROVED, NOON)
    for was in ("", "yesterday", "2026-11-26T12:00", "2026-11-26T13:00:00+00:00"):
        answer = put(people.publisher, f"planned-{scheduled.pk}", "2026-12-02", was=was)
        scheduled.refresh_from_db()
        assert scheduled.publish_at == NOON, was
        assert answer.status_code == 200


def test_a_plan_does_not_move_what_a_hold_took_off_the_schedule(put, scheduled, people, desk_of):
    scheduled.place_hold(by=people.editor, note="Legal reads it.")
    shown = desk_of(people.publisher).get(URL)
    assert form_of(shown, f"planned-{scheduled.pk}") == {}
    values = {"article": scheduled.pk, "kind": "planned", "was": NOON.isoformat(), "day": "2026-12-01"}
    answer = desk_of(people.publisher).post(reverse("admin:calendar_move"), values, follow=True)
    assert "It is scheduled" in text(answer)


def test_one_comes_back_to_the_days_that_were_shown(desk_of, article, people, desk):
    article.assign(by=people.editor, due_at=NOON)
    client = desk_of(people.editor)
    values = form_of(client.get(URL, {"view": "week", "desk": desk.pk}), f"due-{article.pk}")
    answer = client.post(reverse("admin:calendar_move"), values | {"day": "2026-11-27"})
    assert answer["Location"] == f"{URL}?view=week&day=2026-11-24&desk={desk.pk}#day-2026-11-27"
    answer = client.post(reverse("admin:calendar_move"), values | {"back": "https://elsewhere.example/?view=week"})
    assert answer["Location"].startswith(URL)


# --- the link -------------------------------------------------------------------------------------------------------


def test_a_link_is_shown_once_renewed_and_ended(desk_of, people, client):
    mine = desk_of(people.writer)
    made = mine.post(reverse("admin:calendar_link"))
    assert (made["Referrer-Policy"], "no-store" in made["Cache-Control"]) == ("no-referrer", True)
    first = next(node.get("value") for node in page(made).iter("input") if node.get("id") == "calendar-address")
    token = first.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 43
    assert token not in mine.get(URL).content.decode()
    link = CalendarLink.objects.get()
    assert token not in str(vars(link))
    assert client.get(first).status_code == 200
    made = mine.post(reverse("admin:calendar_link"))
    second = next(node.get("value") for node in page(made).iter("input") if node.get("id") == "calendar-address")
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
    assert desk_of(people.editor).post(reverse("admin:calendar_link_revoke")).status_code == 404
    assert "opens nothing any more" in text(mine.post(reverse("admin:calendar_link_revoke"), follow=True))
    assert client.get(second).status_code == 404
    verbs = Event.objects.filter(subject=f"user:{people.writer.pk}", verb__contains="calendar")
    assert [event.verb for event in verbs.order_by("id")] == ["calendar_link", "calendar_link", "revoke_calendar_link"]
    assert not any(token in str(vars(event)) for event in Event.objects.all())


def test_dates_know_the_shorter_month(desk_of, people):
    """A page of the last day of a long month leads to the short one after it."""
    shown = desk_of(people.writer).get(URL, {"day": str(date(2027, 1, 31))})
    assert "day=2027-02-01" in shown.content.decode()
    assert "day=2026-12-01" in shown.content.decode()
