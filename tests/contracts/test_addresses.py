"""Every address of the resolver × every role × GET and POST: a table, and what is hidden behind each address.

`addresses.toml` says for each address who gets through by GET (an answer of 200 or a redirect to somewhere that is not
the sign-in page) and by an empty POST. An address that is not in it fails the build, and one that answers otherwise.
Nothing writes the table: a new address is a decision about who may come.
"""

import re
import tomllib
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import get_resolver, reverse

from articles.models import Article, Event
from articles.permissions import Role
from tests import factories

ROLES = [role.value for role in Role]
LETTERS = {"S": None} | {role[0]: role for role in ROLES}  # S is a stranger
TABLE = tomllib.loads((Path(__file__).parent / "addresses.toml").read_text(encoding="utf-8"))


def addresses(resolver=None, prefix="", route=""):
    """(full name, names of its arguments) of every address; those without a name by their route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, space, here)
        else:
            groups = getattr(pattern.pattern, "regex", re.compile("")).groupindex
            yield (f"{prefix}{pattern.name}" if pattern.name else here), tuple({**pattern.pattern.converters, **groups})


ADDRESSES = dict(addresses())
NAMED = {name: places for name, places in ADDRESSES.items() if "/" not in name and "^" not in name}
OF_ARTICLES = {
    name: places
    for name, places in NAMED.items()
    if places and re.match(r"admin:articles_(article|revision|edition|event)_", name)
}
SHOWN = {"poster-story": "article", "poster-quote": "quote"}
"""What stands behind readers' addresses that have a row of the story in them under another name."""


def rows(article):
    """What stands behind an address of these, by the name of its model."""
    return {
        "article": article.pk,
        "revision": article.revisions.first().pk,
        "edition": getattr(article.editions.first(), "pk", 0),
        "event": getattr(article.events.first(), "pk", 0),
        "quote": getattr(article.quotes.first(), "pk", 0),
    }


def first_of(app, model):
    """The key of the first row of a model, which is not always 1: a sequence outlives the test that counted it up."""
    try:
        return apps.get_model(app, model).objects.order_by("pk").values_list("pk", flat=True).first() or 1
    except LookupError:
        return 1


def url_of(name, places, found, offset=0):
    """The address with what was found of a story (`rows`) in it, or with what never was."""
    kind = re.match(r"(?:admin:)?(articles|auth)_([a-z]+)", name)
    key = found.get(SHOWN.get(name) or (kind and kind[2])) or (first_of(*kind.groups()) if kind else 1)
    if offset:
        key = key + offset if isinstance(key, int) else f"no-such-{key}"
    values = {place: key if place in ("pk", "object_id", "article", "id") else 1 for place in places}
    values |= {place: found.get(place, 1) for place in places if place == "quote"}
    values |= {place: "articles" for place in places if place == "app_label"}
    values |= {place: "no-such-thing" for place in places if place in ("slug", "token", "name", "url")}
    values |= {"year": "2026", "month": "11", "day": "23"} if "year" in places else {}
    return reverse(name, kwargs={place: values[place] for place in places})


def gets_through(response):
    """Whether the person is let in: not sent to sign in or to the front, not refused, not told of nothing."""
    if response.status_code in (301, 302):
        place = response["Location"]
        return "login" not in place and place != "/admin/" and not place.startswith("/admin/?next")
    return response.status_code in (200, 204, 304, 400, 409, 410, 413, 415, 422)


def answer_of(client, method, address):
    """The answer, with everything that the request did undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    return response


def test_every_address_is_in_the_table():
    assert sorted(TABLE) == sorted(NAMED), set(TABLE) ^ set(NAMED)


@pytest.mark.on_postgresql("get-None", "get-Publisher", "post-Publisher", "get-Admin")
@pytest.mark.parametrize("role", [None, *ROLES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_lets_through_whom_the_table_says(method, role, people, desk, client_of):
    article = factories.article(people.writer, desk)
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    letter = role[0] if role else "S"
    client = client_of(getattr(people, role.lower()) if role else None)
    client.raise_request_exception = False
    signed_in = {name: cookie.value for name, cookie in client.cookies.items()}
    found, wrong = rows(article), []
    for name, places in NAMED.items():
        if name == "admin:logout":
            continue
        client.cookies = SimpleCookie(signed_in)
        response = answer_of(client, method, url_of(name, places, found))
        if response.status_code >= 500 and name != "healthz":
            wrong.append((name, response.status_code))
        elif gets_through(response) != (letter in TABLE.get(name, {}).get(method, "")):
            wrong.append((name, method, letter, response.status_code, response.get("Location", "")))
    assert not wrong, wrong


@pytest.mark.parametrize("role", ["Writer", "Editor", "Reviewer", "Admin"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_hidden_story_answers_like_one_that_never_was_at_every_address(method, role, article, client_of, people):
    """A person of the role with no part in the story, at every address that has a row of it in it."""
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    before = (
        Article.objects.count(),
        Event.objects.filter(article__isnull=False).count(),
        Article.objects.get(pk=article.pk).version,
    )
    client = client_of(factories.person("nobody-of-it", role))
    found = rows(article)
    for name, places in OF_ARTICLES.items():
        hidden, never = (url_of(name, places, found, offset) for offset in (0, 99_999))
        answers = [getattr(client, method)(address) for address in (hidden, never)]
        assert answers[0].status_code == answers[1].status_code, name
        assert answers[0].status_code != 200, name
        places_sent = [answer.get("Location", "").replace(hidden, "").replace(never, "") for answer in answers]
        assert places_sent[0] == places_sent[1], name
        assert article.headline not in answers[0].content.decode(), name
    assert before == (
        Article.objects.count(),
        Event.objects.filter(article__isnull=False).count(),
        Article.objects.get(pk=article.pk).version,
    )
    assert len(OF_ARTICLES) >= 12, "the walk found its addresses"
