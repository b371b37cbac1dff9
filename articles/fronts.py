"""Arranging fronts, and printing them: the only writer of `models.fronts.StoryPlacement`.

Each verb guards, changes, records and announces in one transaction. What is printed of an arrangement is a function of
it and of the stories in print alone; a story that readers cannot have leaves no trace there.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from . import auditing, channels, signals, slots, surrogates
from .models import Arrangement, Article, Desk, Event, Package, Placement, Story, StoryPackage, StoryPlacement
from .models.desks import may_act_for
from .workflow import MoveNotAllowed, Status

OVERRULED_BY = ("correction", "clarification", "editors_note", "restoration")
"""Notes of later editions after which the words that somebody chose for a front no longer count: they may be wrong."""
NEVER_PLACED = (Status.KILLED, Status.WITHDRAWN)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Placed:
    """A story in a slot, as somebody wants it: `article` is its key, `headline` words of this front's own."""

    slot: str
    article: int
    headline: str = ""
    is_pinned: bool = False
    until: datetime | None = None


class ArrangedMeanwhile(Exception):  # noqa: N818  (reads as the newsroom says it)
    """Somebody arranged the same front since it was looked at; `newest` is what they made of it."""

    def __init__(self, newest: Arrangement) -> None:
        self.newest = newest
        super().__init__(str(newest))


# --- who may ------------------------------------------------------------------------------------------------------


def may_arrange(user: Any, desk: Desk | None) -> bool:
    """Whether `user` may arrange the front of that desk's section; the paper's own belongs to every desk."""
    return may_act_for(user, "arrange_front", desk.pk if desk else None)


# --- how a front stands -------------------------------------------------------------------------------------------


def current(desk: Desk | None) -> Arrangement | None:
    """The arrangement that readers have."""
    return Arrangement.objects.of(desk).live().first()


def newest_number(desk: Desk | None) -> int:
    """The number of the last arrangement that anybody made of it, 0 where nobody has."""
    return Arrangement.objects.of(desk).aggregate(newest=Max("number"))["newest"] or 0


def placed_in(arrangement: Arrangement | None) -> list[Placed]:
    """What stands in it, to be arranged anew."""
    if arrangement is None:
        return []
    return [
        Placed(each.slot, each.article_id, each.headline, each.is_pinned, each.until)
        for each in arrangement.placements.all()
    ]


# --- the verbs ----------------------------------------------------------------------------------------------------


def arrange(
    desk: Desk | None,
    placed: Sequence[Placed],
    *,
    by: Any,
    seen: int,
    package: Package | None = None,
    note: str = "",
    goes_live_at: datetime | None = None,
    replaces: Arrangement | None = None,
    at: datetime | None = None,
) -> Arrangement:
    """Arrange the front of a desk's section (None: the paper's own), now or at `goes_live_at`.

    `seen` is `newest_number` as it was when `by` began; `replaces` is a planned arrangement that this one stands for.
    Raises `PermissionDenied`, `MoveNotAllowed`, or `ArrangedMeanwhile`; then nothing has changed.
    """
    at = at or timezone.now()
    _guard(desk, placed, by=by, goes_live_at=goes_live_at, at=at)
    try:
        with transaction.atomic():
            if newest_number(desk) != seen:
                raise ArrangedMeanwhile(Arrangement.objects.of(desk).order_by("-number").first())
            made = Arrangement.objects.create(
                desk=desk,
                number=seen + 1,
                package=package,
                note=note.strip(),
                created_by=by,
                created_at=at,
                goes_live_at=goes_live_at,
                live_at=None if goes_live_at else at,
            )
            Placement.objects.bulk_create(
                Placement(
                    arrangement=made,
                    slot=each.slot,
                    article_id=each.article,
                    headline=each.headline.strip(),
                    is_pinned=each.is_pinned,
                    until=each.until,
                )
                for each in placed
            )
            if replaces is not None:
                _discard(replaces, by=by)
            _record("plan_front" if goes_live_at else "arrange_front", made, by=by, note=made.note, placed=placed)
            if not goes_live_at:
                print_front(desk)
    except IntegrityError:  # somebody was a moment faster
        newest = Arrangement.objects.of(desk).order_by("-number").first()
        if newest is None or newest.number == seen:
            raise
        raise ArrangedMeanwhile(newest) from None
    return made


@transaction.atomic
def discard(arrangement: Arrangement, *, by: Any) -> Event:
    """Take a planned arrangement off: it will not go live."""
    if not may_arrange(by, arrangement.desk):
        raise PermissionDenied
    return _discard(arrangement, by=by)


def restore(arrangement: Arrangement, *, by: Any, seen: int) -> Arrangement:
    """Arrange the front again as it once was. A placement whose time has run out stands there without one."""
    now = timezone.now()
    placed = [
        each if each.until is None or each.until > now else Placed(each.slot, each.article, each.headline)
        for each in placed_in(arrangement)
    ]
    gone = _gone({each.article for each in placed})
    return arrange(
        arrangement.desk,
        [each for each in placed if each.article not in gone],
        by=by,
        seen=seen,
        package=arrangement.package,
        note=_("As in arrangement %(number)s.") % {"number": arrangement.number},
    )


def release_due(at: datetime | None = None) -> list[Event]:
    """Put live what is planned for a moment that has come, each front in a transaction of its own.

    Of one whose maker may no longer arrange the front, the event says so and it is discarded.
    """
    at = at or timezone.now()
    done = []
    with channels.acting_through(channels.RELEASE):
        for pk in list(Arrangement.objects.due(at).values_list("pk", flat=True)):
            try:
                done.extend(_release(pk))
            except DatabaseError:
                logger.exception("arrangement %s stays due", pk)
    return done


@transaction.atomic
def _release(pk: int) -> list[Event]:
    """Nothing where somebody else did, or took it off meanwhile."""
    arrangement = Arrangement.objects.select_for_update(of=("self",)).select_related("desk").get(pk=pk)
    if not arrangement.is_planned:
        return []
    by = arrangement.created_by
    if not may_arrange(by, arrangement.desk):
        why = _("Whoever planned it may no longer arrange this front: somebody else has to plan it.")
        return [_discard(arrangement, by=by, verb="front_failed", note=why)]
    arrangement.live_at = arrangement.goes_live_at
    arrangement.save(update_fields=["live_at"])
    print_front(arrangement.desk)
    return [_record("front_live", arrangement, by=by)]


def _guard(
    desk: Desk | None, placed: Sequence[Placed], *, by: Any, goes_live_at: datetime | None, at: datetime
) -> None:
    if not may_arrange(by, desk):
        raise PermissionDenied
    wanted, reasons = [each.article for each in placed], []
    if len(set(wanted)) < len(wanted):
        reasons.append(_("A story stands in two slots: it has one place on a front."))
    if {each.slot for each in placed} - set(slots.NAMES) or len({each.slot for each in placed}) < len(placed):
        reasons.append(_("There is no such slot, or two stories are in one."))
    if goes_live_at and goes_live_at <= at:
        reasons.append(_("That moment has passed: choose one in the future, or arrange the front now."))
    if any(each.until and each.until <= (goes_live_at or at) for each in placed):
        reasons.append(_("A placement ends before the arrangement goes live."))
    if reasons:
        raise MoveNotAllowed(reasons)
    _guard_stories(desk, set(wanted), by=by)


def _guard_stories(desk: Desk | None, wanted: set[int], *, by: Any) -> None:
    """Nobody places what they cannot see, but what stands on the front already may stay."""
    known = set(Article.objects.visible_to(by).filter(pk__in=wanted).values_list("pk", flat=True))
    known |= set(Story.objects.published().filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        kept = Placement.objects.filter(arrangement__in=Arrangement.objects.of(desk), article__in=wanted - known)
        known |= set(kept.values_list("article_id", flat=True))
    if wanted - known:
        raise PermissionDenied
    if _gone(wanted):
        raise MoveNotAllowed([_("A story that was withdrawn or killed has no place on a front.")])


def _gone(articles: set[int]) -> set[int]:
    """Those that readers will not get: withdrawn or killed."""
    closed = set(Article.objects.filter(pk__in=articles, status__in=NEVER_PLACED).values_list("pk", flat=True))
    return closed - set(Story.objects.published().filter(pk__in=closed).values_list("pk", flat=True))


def _discard(arrangement: Arrangement, *, by: Any, verb: str = "discard_front", note: str = "") -> Event:
    current = Arrangement.objects.select_for_update(of=("self",)).get(pk=arrangement.pk)
    if not current.is_planned:
        raise MoveNotAllowed([_("It is not planned any more: it went live, or somebody took it off.")])
    current.discarded_at, current.discarded_by = timezone.now(), by
    current.save(update_fields=["discarded_at", "discarded_by"])
    return _record(verb, current, by=by, note=note)


def _record(verb: str, arrangement: Arrangement, *, by: Any, note: str = "", placed: Iterable[Placed] = ()) -> Event:
    """The event, which names stories by number alone: not everybody who reads the log may read them."""
    details = {str(each.slot): [None, f"#{each.article}"] for each in placed}
    if arrangement.goes_live_at:
        details["goes_live_at"] = [None, arrangement.goes_live_at.isoformat()]
    event = auditing.record(verb, arrangement, by=by, details=details, note=note)
    transaction.on_commit(lambda: signals.front_arranged.send(Arrangement, event=event))
    return event


# --- print --------------------------------------------------------------------------------------------------------


def print_with(articles: Iterable[int]) -> None:
    """Print the fronts anew whose arrangement holds one of these stories, after they were printed or withdrawn."""
    fronts = Arrangement.objects.filter(placements__article__in=list(articles), live_at__isnull=False)
    for pk in fronts.order_by().values_list("desk", flat=True).distinct():
        print_front(Desk.objects.get(pk=pk) if pk else None)


def print_all() -> None:
    """Print every front that anybody ever arranged."""
    StoryPlacement.objects.all().delete()
    for desk in (None, *Desk.objects.filter(arrangements__isnull=False).distinct()):
        print_front(desk)


@transaction.atomic
def print_front(desk: Desk | None) -> None:
    """Put the current arrangement before readers: of its stories those in print, and the running story if it is."""
    section, arrangement = desk.slug if desk else "", current(desk)
    rows = list(_rows(section, arrangement)) if arrangement else []
    StoryPlacement.objects.of(section).delete()
    StoryPlacement.objects.bulk_create(rows)
    surrogates.changed(surrogates.key("section", section) if section else surrogates.FRONT)
    transaction.on_commit(lambda: signals.front_printed.send(StoryPlacement, section=section))


def _rows(section: str, arrangement: Arrangement) -> Iterable[StoryPlacement]:
    placements = list(arrangement.placements.all())
    stories = Story.objects.published().only("notes").in_bulk([each.article_id for each in placements])
    for each in placements:
        if each.article_id in stories:
            yield StoryPlacement(
                key=f"{section}/{each.slot}",
                section=section,
                slot=each.slot,
                story_id=each.article_id,
                headline="" if is_overruled(stories[each.article_id], arrangement) else each.headline,
                shown_until=slots.shown_until(arrangement.live_at, is_pinned=each.is_pinned, until=each.until),
            )
    if StoryPackage.objects.filter(pk=arrangement.package_id).exists():
        yield StoryPlacement(
            key=f"{section}/{slots.PACKAGE}",
            section=section,
            slot=slots.PACKAGE,
            package_id=arrangement.package_id,
        )


def is_overruled(story: Story, arrangement: Arrangement) -> bool:
    """Whether something was put right in the story since its headline here was chosen."""
    made = arrangement.created_at
    return any(note["kind"] in OVERRULED_BY and datetime.fromisoformat(note["at"]) > made for note in story.notes)
