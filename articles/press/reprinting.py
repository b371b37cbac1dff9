"""Printing again: of some articles, or of all, in batches; many processes make the sheets, one writes on SQLite."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import Exists, OuterRef

from .. import filing
from ..models import Actor, Edition, PressRun, Story, StoryActor, StoryQuote, StoryTopic, Topic
from ..workers import Workers, searched_seldom
from . import printer
from .sheets import Printed

BATCH = 200  # articles printed at once
REPRINT = "reprint"


def reprint(
    ids: Iterable[int] | None = None, *, workers: int = 1, advance: Callable[[int], Any] = lambda _n: None
) -> int:
    """Print the latest edition of these articles (all of them: None) anew; returns how many.

    All of them: a run that was stopped goes on where it was. `advance` is called with how many more are done. More than
    one of `workers` are processes of their own; nobody calls that within a transaction.
    """
    if ids is not None:
        return sum(_tell(advance, _reprint(keys)) for keys in _portions(sorted(set(ids))))
    run, _new = PressRun.objects.get_or_create(name=REPRINT)
    printed = run.done
    for keys, number in printed_in_bulk(_keys_after(run.last), workers):
        printed += number
        PressRun.objects.filter(pk=run.pk).update(last=keys[-1], done=printed)
        advance(number)
    printer.settle()
    filing.file_anew()
    run.delete()
    return printed


def left_to_reprint() -> tuple[int, int]:
    """(how many a run that was stopped has printed, how many there are): for showing how far it is."""
    run = PressRun.objects.filter(name=REPRINT).first()
    return run.done if run else 0, Edition.objects.filter(number=1).count()


def reprint_tagged(tag: Actor | Topic) -> int:
    """Print the stories that carry `tag` anew, after its name or address changed."""
    return reprint(stories_of(tag))


def stories_of(tag: Actor | Topic) -> list[int]:
    """The keys of the stories in print that carry `tag`, or let it speak."""
    if isinstance(tag, Topic):
        return sorted(StoryTopic.objects.filter(tag=tag).values_list("story_id", flat=True))
    spoken = StoryQuote.objects.filter(speaker=tag).values_list("story_id", flat=True)
    return sorted({*StoryActor.objects.filter(tag=tag).values_list("story_id", flat=True), *spoken})


# --- one batch ----------------------------------------------------------------------------------------------------


def latest_editions(articles: Iterable[int]) -> list[Edition]:
    """The latest edition of each of these articles that has one, with its revision."""
    rows = Edition.objects.filter(article__in=list(articles)).order_by("article_id", "number")
    return list({edition.article_id: edition for edition in rows}.values())


@transaction.atomic
def _reprint(keys: list[int]) -> int:
    return len(printer.put(printer.sheets_of(latest_editions(keys), is_again=True)))


def _sheets(keys: list[int]) -> list[Printed]:
    """What a process of its own makes of a batch."""
    close_old_connections()
    made = printer.sheets_of(latest_editions(keys), is_again=True)
    for each in made:
        each.edition._state.fields_cache.clear()  # its document was read: it need not go to another process
    return made


@transaction.atomic
def _put(printed: list[Printed]) -> int:
    """Write a batch; what somebody published meanwhile is left as they did."""
    if not printed:
        return 0
    numbers = {each.story.pk: each.edition.number for each in printed}
    newest = {edition.article_id: edition.number for edition in latest_editions(numbers)}
    printer.put([each for each in printed if newest[each.story.pk] == each.edition.number], is_bulk=True)
    return len(printed)


def _whole(keys: list[int]) -> int:
    """A batch from reading to writing, in a process of its own: where several may write at once."""
    close_old_connections()
    return _put(_sheets(keys))


# --- many batches -------------------------------------------------------------------------------------------------


def _keys_after(last: int) -> Iterator[list[int]]:
    """The articles that have an edition, in order, by the batch."""
    rows = Edition.objects.filter(number=1).order_by("article_id")
    while keys := list(rows.filter(article__gt=last).values_list("article_id", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]


def left_unprinted() -> Iterator[list[int]]:
    """Batches of articles that have an edition and nothing before readers: what a stopped run in bulk left."""
    printed = Story.objects.filter(pk=OuterRef("article"))
    rows = Edition.objects.filter(~Exists(printed), number=1).order_by("article_id")
    yield from _portions(list(rows.values_list("article_id", flat=True)))


def _portions(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def printed_in_bulk(batches: Iterable[list[int]], workers: int) -> Iterator[tuple[list[int], int]]:
    """Batches of articles, each with how many were printed of it, in order; `printer.settle` is for the end.

    With several `workers`, batches are taken ahead of those that are told of.
    """
    if workers < 2:
        with searched_seldom():
            for keys in batches:
                yield keys, _put(printer.sheets_of(latest_editions(keys), is_again=True))
        return
    may_all_write = connection.vendor != "sqlite"
    with searched_seldom(), Workers(workers) as pool:
        for keys, made in pool.each(_whole if may_all_write else _sheets, batches):
            yield keys, made if may_all_write else _put(made)


def _tell(advance: Callable[[int], Any], number: int) -> int:
    advance(number)
    return number
