"""Plays a newsroom that keeps a confidential identity; run by `test_planted_name` in a process and a folder of its own.

python -m tests.planting NAME CONTACT ANSWERS.json
"""

import json
import os
import sys
from pathlib import Path

import django
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

django.setup()

from articles import press  # noqa: E402 - once Django is set up
from articles.models import NotificationSetting, Source, Story  # noqa: E402
from tests import factories  # noqa: E402

ROLES = ("Writer", "Editor", "Reviewer", "Publisher", "Admin")
OF_STORY = ("change", "review", "claims", "history", "revisions", "proposals")
OF_DESK = (
    *("index", "board", "calendar", "notices", "articles_article_changelist", "articles_source_changelist"),
    *("articles_event_changelist", "articles_actor_changelist"),
)
YEAR_2100 = 4102444800


def main(name, contact, out):
    """Everything that could let the name slip, then every page by every role."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    desk = factories.desk()
    staff = {role: factories.person(role.lower(), role, email=f"{role.lower()}@record.example") for role in ROLES}
    for person in staff.values():
        person.desks.add(desk)
        NotificationSetting.objects.update_or_create(user=person, defaults={"pace": "at_once"})
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, client in clients.items():
        client.force_login(staff[role])
    clients["Stranger"] = Client(raise_request_exception=False)

    article = factories.article(staff["Writer"], desk)
    hidden = Source.objects.create(label="Clerk at the port", is_confidential=True, recorded_by=staff["Writer"])
    used = article.attributions.create(source=hidden, wording="two port clerks", basis="background", head_count=2)
    factories.agree(used)
    article.body += f"<p>Two port clerks said so, unnamed: {used.anonymity_wording}.</p>"
    article.save()

    identity = reverse("admin:articles_source_identity", args=[hidden.pk])
    sealed = clients["Writer"].post(identity, {"act": "seal", "name": name, "contact": contact, "keep_until": ""})
    assert sealed.status_code == 302, sealed.content
    session = clients["Writer"].session
    session["identity_password_at"] = YEAR_2100
    session.save()
    revealed = clients["Writer"].post(identity, {"act": "reveal", "reason": "To call them back."})
    clients["Writer"].post(identity, {"act": "seal", "name": name, "contact": "x" * 5000, "keep_until": ""})  # refused
    clients["Writer"].post(identity, {"act": "grant", "person": name, "reason": "A name in the wrong field."})
    clients["Publisher"].post(identity, {"act": "reveal", "reason": "Curious."})

    article.record_revision(by=staff["Writer"])
    article.submit(by=staff["Writer"])
    article.approve(by=staff["Reviewer"])
    press.publish(article, by=staff["Publisher"])
    call_command("send_notifications")
    call_command("reprint", "--all", verbosity=0)

    pages = [reverse(f"admin:{each}") for each in OF_DESK]
    pages += [reverse(f"admin:articles_source_{each}", args=[hidden.pk]) for each in ("change", "history", "uses")]
    pages += [reverse(f"admin:articles_article_{each}", args=[article.pk]) for each in OF_STORY]
    pages += [
        identity,
        "/",
        "/latest/",
        "/about/sourcing/",
        "/feeds/latest.rss",
        Story.objects.get().get_absolute_url(),
    ]
    answers = []
    for role, client in clients.items():
        for page in pages:
            answer = client.get(page)
            body = b"".join(answer) if answer.streaming else answer.content
            told = repr(answer.headers) + body.decode("utf-8", "replace")
            answers.append([role, page, answer.status_code, told])
    found = {
        "shown": name.encode() in revealed.content,
        "pages": answers,
        "mails": [str(each.message()) for each in mail.outbox],
    }
    Path(out).write_text(json.dumps(found), encoding="utf-8")
    call_command("dumpdata", "articles", "admin", "sessions", output=f"{out}.dump", verbosity=0)
    os._exit(0)  # no tidying up: the write-ahead log stays as a crash would leave it


if __name__ == "__main__":
    main(*sys.argv[1:])
