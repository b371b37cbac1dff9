"""`manage.py send_notifications`: who gets a mail, when, and what never stands in one."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import commenting, notifications
from articles.management.commands import send_notifications
from articles.models import Article, Notification, NotificationSetting
from articles.notifications import mailing
from tests import factories

CANARY = "Canarybird"


class Backend(EmailBackend):
    """Keeps mails in memory; may be told to refuse, or to do something else first."""

    refuses: dict = {}
    first = None

    def send_messages(self, messages):
        """Refuse, or keep."""
        act, Backend.first = Backend.first, None
        if act:
            act()
        for message in messages:
            if error := Backend.refuses.get(message.to[0]):
                raise error
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _mail(settings):
    """Mails are kept here."""
    settings.NEWSROOM_NAME, settings.NEWSROOM_URL = "The Meridian Record", "https://record.example"
    Backend.refuses, Backend.first = {}, None
    settings.EMAIL_BACKEND = "tests.management.test_send_notifications.Backend"


@pytest.fixture
def wren(people):
    """The writer, with an address, told at once."""
    return told_at("at_once", people.writer)


def told_at(pace, person):
    """This person, with an address and this pace."""
    person.email = f"{person.username}@record.example"
    person.save()
    NotificationSetting.objects.update_or_create(user=person, defaults={"pace": pace})
    return person


def tell(person, article, kind="returned", **values):
    """Tell somebody something, by default a minute ago."""
    values = {"at": timezone.now() - timedelta(minutes=1)} | values
    return Notification.objects.create(recipient=person, article=article, kind=kind, **values)


def words_of(message):
    """Everything in a mail, decoded: subject, text, HTML."""
    parsed = message_from_bytes(message.message().as_bytes(), policy=default)
    parts = [part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text"]
    return "\n".join([parsed["Subject"], *(f"{name}: {value}" for name, value in parsed.items()), *parts])


# --- what is mailed -------------------------------------------------------------------------------------------------


def test_notices_come_as_one_mail_in_text_and_html_when_it_is_ones_turn(article, people, wren, capsys):
    article.submit(by=people.writer)
    event = article.return_to_writer(by=people.reviewer, note="Who says so?")
    tell(wren, article, event=event, by=people.reviewer)
    tell(wren, article, "comment")
    tell(wren, article, "mention")
    call_command("send_notifications")
    assert "Mails: 1, with notices: 3; not sent: 0." in capsys.readouterr().out
    [message] = mail.outbox
    assert (message.subject, message.to) == ("3 notices from The Meridian Record", ["wren@record.example"])
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for body in (message.body, html):
        assert article.headline in body
        assert "rhea returned it to you." in body
        assert f"https://record.example/admin/articles/article/{article.pk}/change/" in body
        assert "https://record.example/admin/notices/settings/" in body
    assert "Who says so?" not in words_of(message)
    assert not Notification.objects.filter(mailed_at=None).exists()
    assert NotificationSetting.objects.get(user=wren).mailed_at


def test_each_notice_is_mailed_once_when_the_command_runs_again(article, wren):
    tell(wren, article)
    call_command("send_notifications")
    call_command("send_notifications")
    assert [message.subject for message in mail.outbox] == ["1 notice from The Meridian Record"]


@pytest.mark.django_db(transaction=True)
def test_each_notice_is_mailed_once_when_two_send_at_the_same_time(article, people, wren):
    """The second sender runs, on a connection of its own, while the first one is handing its mail to the server."""
    told_at("at_once", people.editor)
    tell(wren, article)
    tell(people.editor, article)

    def send_too():
        notifications.send_due()
        connection.close()

    def second_sender():
        thread = Thread(target=send_too)
        thread.start()
        thread.join(timeout=30)

    Backend.first = second_sender
    notifications.send_due()
    assert sorted(message.to[0] for message in mail.outbox) == ["edda@record.example", "wren@record.example"]


def test_many_notices_are_named_no_further_than_fifty_in_one_mail(article, wren):
    for _each in range(53):
        tell(wren, article)
    notifications.send_due()
    [message] = mail.outbox
    assert message.subject.startswith("53 notices")
    assert message.body.count("Returned to you.") == 50
    assert "And 3 more on the desk" in message.body


# --- what never is --------------------------------------------------------------------------------------------------


@pytest.fixture
def canary(people, desk):
    """A draft every word of which sings, with a note and a hold."""
    article = factories.article(
        people.writer,
        desk,
        headline=f"{CANARY} headline",
        standfirst=f"{CANARY} standfirst",
        slugline=f"{CANARY}-SLUG",
        slug=f"{CANARY.lower()}-slug",
    )
    Article.objects.filter(pk=article.pk).update(planning_note=CANARY, ed_note=CANARY)
    article.submit(by=people.writer)
    note = commenting.add(article, author=people.reviewer, text=f"@wren {CANARY} said so")
    hold = article.place_hold(by=people.editor, note=f"{CANARY} sues")
    tell(people.writer, article, "mention", comment=note, by=people.reviewer)
    tell(people.writer, article, "hold", event=hold, by=people.editor)
    return article


@pytest.mark.parametrize(
    "embargo", [{"embargo_condition": "the court has risen"}, {"embargoed_until": datetime(2100, 1, 1, tzinfo=UTC)}]
)
def test_mail_holds_no_word_of_the_story_when_it_is_embargoed(canary, wren, embargo):
    Article.objects.filter(pk=canary.pk).update(**embargo)
    notifications.send_due()
    [message] = mail.outbox
    words = words_of(message)
    assert CANARY.lower() not in words.lower()
    assert words.count("An embargoed story") == 2, "in the text and in the HTML"
    assert "the court has risen" not in words


def test_mail_holds_the_headline_and_neither_notes_nor_holds_when_it_is_not_embargoed(canary, wren):
    Article.objects.filter(pk=canary.pk).update(embargoed_until=timezone.now() - timedelta(minutes=1))
    notifications.send_due()
    [message] = mail.outbox
    words = words_of(message)
    assert words.count(f"{CANARY} headline") == 2, "in the text and in the HTML"
    assert words.lower().count(CANARY.lower()) == 2
    assert "edda put it on hold." in words


def test_person_gets_nothing_when_they_may_no_longer_see_the_story(article, people):
    otto = told_at("at_once", people.outsider)
    article.assign(by=people.editor, assignee=otto)
    tell(otto, article)
    article.assign(by=people.editor, assignee=None)
    assert notifications.send_due() == (mailing.Sent(0, 0, 0))
    assert not mail.outbox
    article.assign(by=people.editor, assignee=otto)
    notifications.send_due()
    assert len(mail.outbox) == 1, "the same notice goes out where they may"


@pytest.mark.parametrize(
    "change",
    [
        lambda person: person.groups.clear(),
        lambda person: type(person).objects.filter(pk=person.pk).update(is_active=False),
        lambda person: type(person).objects.filter(pk=person.pk).update(is_staff=False),
        lambda person: type(person).objects.filter(pk=person.pk).update(email=""),
        lambda person: NotificationSetting.objects.filter(user=person).update(pace="never"),
        lambda person: Notification.objects.update(read_at=timezone.now()),
        lambda person: Notification.objects.update(at=timezone.now() - timedelta(days=4)),
    ],
    ids=["lost the role", "left", "is no staff", "has no address", "wants none", "has read it", "is too old"],
)
def test_nothing_is_mailed_when_between_event_and_sending_somebody(change, article, wren):
    tell(wren, article)
    change(wren)
    notifications.send_due()
    assert not mail.outbox


def test_no_header_is_made_of_what_people_write_when_it_holds_line_breaks(settings, article, people, wren):
    settings.NEWSROOM_NAME = "The Record\nBcc: all@evil.example"
    Article.objects.filter(pk=article.pk).update(headline="Rain\r\nBcc: all@evil.example")
    people.reviewer.first_name = "Rhea\nBcc: all@evil.example"
    people.reviewer.save()
    tell(wren, article, by=people.reviewer)
    notifications.send_due()
    [message] = mail.outbox
    parsed = message_from_bytes(message.message().as_bytes(), policy=default)
    assert parsed["Bcc"] is None
    assert parsed["To"] == "wren@record.example"
    assert "\n" not in parsed["Subject"]


def test_headline_is_text_when_it_holds_markup(article, wren):
    Article.objects.filter(pk=article.pk).update(headline="<img src=x onerror=y> & Rain")
    tell(wren, article)
    notifications.send_due()
    [message] = mail.outbox
    assert "<img src=x onerror=y> & Rain" in message.body
    assert "&lt;img src=x onerror=y&gt; &amp; Rain" in message.alternatives[0][0]
    assert "<img" not in message.alternatives[0][0]


# --- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["not an address", "wren@record.example\nBcc: all@evil.example"])
def test_others_get_theirs_when_one_has_no_good_address(address, article, people, wren, capsys):
    wren.email = address
    wren.save()
    told_at("at_once", people.editor)
    tell(wren, article)
    tell(people.editor, article)
    with pytest.raises(SystemExit):
        call_command("send_notifications")
    assert [message.to for message in mail.outbox] == [["edda@record.example"]]
    assert "not sent: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "is_tried_again"),
    [
        (SMTPServerDisconnected("gone"), True),
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (SMTPRecipientsRefused({"wren@record.example": (450, b"later")}), True),
        (SMTPRecipientsRefused({"wren@record.example": (550, b"unknown")}), False),
    ],
)
def test_mail_is_tried_again_unless_it_is_refused_for_good(error, is_tried_again, article, people, wren):
    told_at("at_once", people.editor)
    tell(wren, article)
    tell(people.editor, article)
    Backend.refuses = {"wren@record.example": error}
    assert notifications.send_due() == mailing.Sent(mails=1, notices=1, failed=1)
    assert [message.to for message in mail.outbox] == [["edda@record.example"]]
    Backend.refuses = {}
    notifications.send_due()
    assert (len(mail.outbox) == 2) is is_tried_again


def test_nothing_is_claimed_when_the_mail_cannot_be_written(article, wren, monkeypatch):
    monkeypatch.setattr(mailing, "compose", lambda person, notices: 1 / 0)
    tell(wren, article)
    with pytest.raises(ZeroDivisionError):
        notifications.send_due()
    assert Notification.objects.filter(mailed_at=None).count() == 1


# --- when -----------------------------------------------------------------------------------------------------------

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("pace", "told", "run", "is_mailed"),
    [
        ("at_once", (24, 10, 20), (24, 10, 21), True),
        ("hourly", (24, 10, 20), (24, 10, 59), False),
        ("hourly", (24, 10, 20), (24, 11, 0), True),
        ("hourly", (24, 10, 20), (24, 13, 30), True),
        ("daily", (24, 10, 20), (24, 23, 0), False),
        ("daily", (24, 10, 20), (25, 6, 59), False),
        ("daily", (24, 10, 20), (25, 7, 0), True),
        ("daily", (24, 6, 0), (24, 9, 0), True),
        ("never", (24, 10, 20), (26, 10, 0), False),
    ],
)
def test_mail_goes_at_the_pace_one_asked_for(pace, told, run, is_mailed, article, people, settings):
    settings.TIME_ZONE = "Europe/London"
    wren = told_at(pace, people.writer)
    tell(wren, article, at=datetime(2026, 11, *told, tzinfo=LONDON))
    with time_machine.travel(datetime(2026, 11, *run, tzinfo=LONDON), tick=False):
        notifications.send_due()
    assert len(mail.outbox) == is_mailed


def test_person_who_never_chose_is_told_once_an_hour(article, people):
    people.writer.email = "wren@record.example"
    people.writer.save()
    tell(people.writer, article, at=datetime(2026, 11, 24, 10, 20, tzinfo=UTC))
    for minute, mails in ((59, 0), (61, 1)):
        with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC) + timedelta(minutes=minute), tick=False):
            notifications.send_due()
        assert len(mail.outbox) == mails


def test_watch_goes_on_until_it_is_stopped(article, wren, monkeypatch, capsys):
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 1:
            tell(wren, article)
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(send_notifications.time, "sleep", pause)
    monkeypatch.setattr(send_notifications, "close_old_connections", lambda: None)
    call_command("send_notifications", "--watch")
    assert len(mail.outbox) == 1
    assert "Stopped." in capsys.readouterr().out


def test_cost_for_a_person_does_not_grow_when_there_are_more_notices(article, people, wren, django_assert_num_queries):
    tell(wren, article)
    with django_assert_num_queries(7) as one:
        notifications.send_due()
    for number in range(5):
        tell(wren, factories.article(people.writer), by=people.editor if number % 2 else None)
    with django_assert_num_queries(len(one)):
        notifications.send_due()
