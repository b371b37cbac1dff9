"""`python -m bench.search.measuring SIZE DATABASE ROUNDS`: one archive, built where it is missing; figures as JSON."""

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

import django
from django.conf import settings

from bench.archive import SQLITE, make_database, place

size, database, rounds = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
os.environ |= place(size, database, "search").environment
make_database(database)
django.setup()
settings.DEBUG = False  # or every query is kept

from django.db import transaction  # noqa: E402  (needs the settings above)
from django.test import Client  # noqa: E402

from articles import search  # noqa: E402
from bench.search import questions  # noqa: E402
from bench.search.filling import Archive  # noqa: E402

KEPT = 200
clock = time.process_time if database == SQLITE else time.perf_counter


def asked() -> Iterator[tuple[str, str, Callable[[], Any], str]]:
    """(order, name, the search alone, address of the page) of all that is asked."""
    for order, told in ((search.NEWEST, questions.NEWEST), (search.BEST, questions.RANKED)):
        for name, text in told.items():
            address = f"/search/?{urlencode({'q': text, 'order': order})}"
            yield order, name, lambda text=text, order=order: search.find(search.parse(text), order=order), address
    for name, text in questions.QUOTES.items():
        address = f"/search/?{urlencode({'q': text, 'order': search.NEWEST, 'in': search.QUOTES})}"
        yield search.NEWEST, f"quotes, {name}", partial(quotes, text), address
    for name, text in questions.SUGGESTED.items():
        address = f"/search/suggest/?{urlencode({'q': text})}"
        yield "suggested", name, lambda text=text: search.suggest(text), address
    address = f"/search/feed.atom?{urlencode({'q': 'common'})}"
    yield "feed", "common word", lambda: search.newest_stories(search.parse("common"), 40), address


def quotes(text: str) -> search.Found:
    """The newest quotes."""
    return search.find(search.parse(text), kind=search.QUOTES, order=search.NEWEST)


def milliseconds(job: Callable[[], Any]) -> list[float]:
    """How long each round takes, sorted; the first of all is not counted."""
    job()
    took = []
    for _round in range(rounds):
        start = clock()
        job()
        took.append((clock() - start) * 1000)
    return sorted(took)


def figures() -> list[dict]:
    """A row for each question: the median and the 95th of 100 of the search alone, the median of the page."""
    client, rows = Client(headers={"host": "localhost"}), []
    for order, name, job, address in asked():
        alone = milliseconds(job)
        page = milliseconds(lambda address=address: client.get(address))
        row = {"order": order, "name": name, "p50": statistics.median(alone), "p95": alone[int(len(alone) * 0.95)]}
        rows.append(row | {"page": statistics.median(page)})
    return rows


def kept() -> float:
    """How many stories a second `keep` brings into the index, new ones in a batch of the press; nothing stays."""
    with transaction.atomic():
        texts = archive.more(KEPT)
        start = clock()
        search.keep(texts)
        took = clock() - start
        transaction.set_rollback(True)
    return KEPT / took


archive = Archive()
archive.build(size)
gc.freeze()  # what the archive is made of is nothing to look through while searches are measured
sys.stdout.write(json.dumps({"asked": figures(), "kept": kept()}))
