"""Colleagues who save the same few stories at the same time, through the real form of the writing desk.

`python -m tests.racing` is one worker of a server: it reads a `Race` as JSON and plays it, with a thread, a connection
and a login for each colleague. It prints what came of every sentence. `tests/test_races.py` starts several of them.
"""

import html
import json
import os
import random
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    race = json.load(sys.stdin)
    settings.DATABASES["default"]["NAME"] = race["database"]
    django.setup()

from django.contrib.auth import get_user_model
from django.db import close_old_connections, connections
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from articles.models import Article

SHARED = "Harbour"  # the section that everybody writes in; each has one of their own, under their name
TRIES = 50  # pages that come again because somebody was quicker, before it counts as hopeless
SECTION = re.compile(r"<h2>(.*?)</h2><p>(.*?)</p>")
GONE = re.compile(r'<del\b.*?</del>|<span class="visually-hidden">.*?</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
FIELD = re.compile(r'<input type="(?:hidden|radio)" name="(version|choice-\d+)" value="(\d+|mine)"')


@dataclass(frozen=True)
class Race:
    """Who writes in what, how often. `forms` has the desk of each story as it would be posted unchanged, by its key."""

    database: str
    colleagues: list[str]
    forms: dict[str, dict[str, str]]
    rounds: int  # in each, everybody opens all the stories, then writes a sentence in each


@dataclass(frozen=True)
class Outcome:
    """What came of one sentence; `fault` is empty where it was acknowledged as saved."""

    story: int
    who: str
    sentence: str
    is_merged: bool = False  # by the page that shows both
    fault: str = ""


def body_of(sections):
    """Sections as the body of a story; what stands between them keeps them apart in a merge."""
    return "".join(f"<h2>{name}</h2><p>{words}</p>" for name, words in sections.items())


def sections_of(body):
    """{heading: words}."""
    return dict(SECTION.findall(body))


def words(page):
    """What a page says, less what it says is gone."""
    return " ".join(html.unescape(TAG.sub("", GONE.sub("", page))).split())


class Colleague:
    """One person at one desk. Only their own thread uses it."""

    def __init__(self, name, race):
        self.name, self.race = name, race
        self.dice = random.Random(name)
        self.client = Client(raise_request_exception=False)
        self.client.force_login(get_user_model().objects.get(username=name))

    def play(self):
        """All rounds; what came of each sentence."""
        outcomes = []
        stories = sorted(int(pk) for pk in self.race.forms)
        for number in range(self.race.rounds):
            for pk in self.dice.sample(stories, len(stories)):
                # No word of it stands in any other sentence, so that a merge has no half of it to keep.
                sentence = " ".join(f"{word}{pk}{self.name}{number}" for word in ("Ships", "wait", "outside"))
                opened = Article.objects.values("version", "body").get(pk=pk)
                outcomes.append(self.write(pk, opened, sentence))
                close_old_connections()  # as a server does after each request
        return outcomes

    def write(self, pk, opened, sentence):
        """Put the sentence into the story as it was opened, and go where the answers lead until it is saved."""
        section = self.dice.choice([SHARED, self.name, self.name])
        body = body_of(sections_of(opened["body"]) | {section: sentence})
        desk = reverse("admin:articles_article_change", args=[pk])
        conflict = reverse("admin:articles_article_conflict", args=[pk])
        changes = {"body": body, "seen_version": opened["version"], "_continue": "1"}
        answer = self.client.post(desk, self.race.forms[str(pk)] | changes)
        if (answer.status_code, answer.get("Location")) == (302, desk):
            return Outcome(pk, self.name, sentence)
        if (answer.status_code, answer.get("Location")) == (302, conflict):
            return Outcome(pk, self.name, sentence, True, self.merge(conflict, desk, sentence))
        return Outcome(pk, self.name, sentence, fault=told(answer))

    def merge(self, conflict, desk, sentence):
        """Save both by the form of the page as it comes; what was wrong with an answer, if anything was."""
        answer = self.client.get(conflict)
        for _each in range(TRIES):
            page = answer.content.decode()
            if answer.status_code != 200 or sentence not in words(page):
                return told(answer)
            answer = self.client.post(conflict, dict(FIELD.findall(page)))
            if answer.status_code == 302:
                return "" if answer.url == desk else told(answer)
        return "somebody else was always quicker"


def told(answer):
    """What a page said that should not have come."""
    return f"{answer.status_code} {answer.get('Location', '')} {words(answer.content.decode())[:3000]}"


def at_once(calls):
    """What each of the calls returns; all begin together, each in a thread with a connection of its own."""
    start = threading.Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def play(race):
    """Everybody at once; the outcomes of all."""
    return [
        outcome
        for outcomes in at_once([Colleague(name, race).play for name in race.colleagues])
        for outcome in outcomes
    ]


if __name__ == "__main__":
    setup_test_environment(debug=False)
    json.dump([asdict(outcome) for outcome in play(Race(**race))], sys.stdout)
