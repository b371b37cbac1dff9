"""Running stories: their verbs, and printing them. The only writer of `models.running.StoryPackage`.

Of a part that is not in print nothing is printed: no title, no date, no words of the timeline, no number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import auditing, fronts, signals, surrogates
from .models import Arrangement, Article, Desk, Event, Package, PackagePart, Story, StoryPackage
from .models.desks import may_act_for
from .paths import path_of
from .statements import Given, Statement
from .workflow import MoveNotAllowed

COPIED = ("title", "slug", "intro", "desk_id")


@dataclass(frozen=True)
class Part:
    """A part as somebody wants it: the key of a story, or None for an entry of the timeline alone."""

    article: int | None = None
    on: date | None = None
    text: str = ""


class ChangedMeanwhile(Exception):  # noqa: N818  (reads as the newsroom says it)
    """Somebody saved the same running story since it was looked at; `current` is what they made of it."""

    def __init__(self, current: Package) -> None:
        self.current = current
        super().__init__(str(current))


# --- the verbs ----------------------------------------------------------------------------------------------------


@transaction.atomic
def save(package: Package, parts: Sequence[Part], *, by: Any, seen: int = 0) -> Package:
    """Keep a new running story, or the changed one of which `by` saw version `seen`; printed at once if it is public.

    Raises `PermissionDenied`, `MoveNotAllowed` or `ChangedMeanwhile`; then nothing has changed.
    """
    is_new = package.pk is None
    if is_new:
        kept, before = package, {}
        package.created_by = by
    else:
        kept = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
        require_open(kept, by)
        if kept.version != seen:
            raise ChangedMeanwhile(kept)
        before = _told(kept)
    _guard(package, kept, parts, by=by)
    for name in COPIED:
        setattr(kept, name, getattr(package, name))
    require_open(kept, by)
    kept.changed_at, kept.version = timezone.now(), 1 if is_new else kept.version + 1
    kept.save()
    kept.parts.all().delete()
    PackagePart.objects.bulk_create(
        PackagePart(package=kept, position=n, article_id=part.article, on=part.on, text=part.text.strip())
        for n, part in enumerate(parts, start=1)
    )
    after = _told(kept)
    changes = {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}
    _record("add" if is_new else "change", kept, by=by, details=changes)
    print_package(kept)
    return kept


def put_before_readers(package: Package, *, by: Any) -> Event:
    """Open its page, which says nothing of parts that are not in print; without any in print it is refused."""
    return _set_public(package, True, by=by)


def take_from_readers(package: Package, *, by: Any) -> Event:
    """Close its page."""
    return _set_public(package, False, by=by)


@transaction.atomic
def delete(package: Package, *, by: Any) -> None:
    """Delete one that readers do not have."""
    current = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    require_open(current, by)
    if current.is_public:
        raise MoveNotAllowed([_("Readers have it: take it from them first.")])
    _record("delete", current, by=by)
    current.delete()


def require_open(package: Package, user: Any) -> None:
    """Raise `PermissionDenied` unless `user` may edit it."""
    if not may_edit(user, package):
        raise PermissionDenied


def may_edit(user: Any, package: Package) -> bool:
    """Whether `user` may edit it: it is of one of their desks, or of none."""
    return may_act_for(user, "edit_package", package.desk_id)


@transaction.atomic
def _set_public(package: Package, is_public: bool, *, by: Any) -> Event:
    current = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    require_open(current, by)
    if current.is_public == is_public:
        raise MoveNotAllowed([_("Readers have it already.") if is_public else _("Readers do not have it.")])
    if is_public and not Story.objects.published().filter(pk__in=current.parts.values("article")).exists():
        raise MoveNotAllowed([_("None of its stories is in print yet: readers would find an empty page.")])
    current.is_public, current.version, current.changed_at = is_public, current.version + 1, timezone.now()
    current.save(update_fields=["is_public", "version", "changed_at"])
    event = _record("open_package" if is_public else "close_package", current, by=by)
    print_package(current)
    return event


def _guard(package: Package, kept: Package, parts: Sequence[Part], *, by: Any) -> None:
    wanted = [part.article for part in parts if part.article]
    reasons = []
    if not package.title.strip():
        reasons.append(_("Give the running story a title."))
    if Package.objects.filter(slug=package.slug).exclude(pk=kept.pk).exists():
        reasons.append(_("Another running story has that address."))
    if kept.is_public and package.slug != kept.slug:
        reasons.append(_("Readers have it under its address: that stays."))
    if len(set(wanted)) < len(wanted):
        reasons.append(_("A story stands in it twice."))
    if any(not part.article and not (part.on and part.text.strip()) for part in parts):
        reasons.append(_("An entry of the timeline needs a day and what happened."))
    if reasons:
        raise MoveNotAllowed(reasons)
    known = set(Article.objects.visible_to(by).filter(pk__in=wanted).values_list("pk", flat=True))
    known |= set(Story.objects.published().filter(pk__in=wanted).values_list("pk", flat=True))
    known |= set(kept.parts.values_list("article_id", flat=True)) if kept.pk else set()
    if set(wanted) - known:
        raise PermissionDenied


def _told(package: Package) -> dict[str, Any]:
    """What the log says of it: stories by number, for not everybody who reads the log may read them."""
    parts = [f"#{part.article_id}" if part.article_id else f"{part.on}" for part in package.parts.all()]
    told = {name: getattr(package, name) for name in COPIED if name != "intro"}
    return {**told, "intro": package.intro[: auditing.VALUE], "parts": ", ".join(parts)}


def _record(verb: str, package: Package, *, by: Any, details: dict | None = None) -> Event:
    event = auditing.record(verb, package, by=by, details=details)
    transaction.on_commit(lambda: signals.package_printed.send(Package, package=package))
    return event


# --- print --------------------------------------------------------------------------------------------------------


PUBLIC_WITH = Statement(
    lambda: (
        Package.objects.filter(parts__article__in=Given("articles", Article._meta.pk, several=True), is_public=True)
        .order_by("pk")
        .distinct()
    )
)


def print_with(articles: Iterable[int]) -> None:
    """Print the running stories anew that have one of these as a part, after they were printed or withdrawn."""
    for package in PUBLIC_WITH.instances(articles=list(articles)):
        print_package(package)


def print_all() -> None:
    """Print every running story that readers have."""
    StoryPackage.objects.exclude(pk__in=Package.objects.filter(is_public=True).values("pk")).delete()
    for package in Package.objects.filter(is_public=True):
        print_package(package)


@transaction.atomic
def print_package(package: Package) -> None:
    """Put it before readers as it stands, with those of its parts that are in print; or take it from them."""
    rows = list(package.parts.all())
    stories = Story.objects.published().defer("body", "structured").in_bulk([row.article_id for row in rows])
    printed = [stories[row.article_id] for row in rows if row.article_id in stories]
    before = StoryPackage.objects.filter(pk=package.pk).first()
    is_shown = package.is_public and bool(printed)
    if is_shown:
        _write(package, rows, printed, stories)
    elif before:
        before.delete()
    surrogates.changed(surrogates.key("package", package.pk), surrogates.STORIES)
    _tell_stories(package, printed if is_shown else [], {part["id"] for part in before.parts} if before else set())
    if (before is not None) != is_shown:
        for desk in Desk.objects.filter(arrangements__package=package).distinct():
            fronts.print_front(desk)
        if Arrangement.objects.of(None).filter(package=package).exists():
            fronts.print_front(None)


def _write(package: Package, rows: Iterable[PackagePart], printed: list[Story], stories: dict[int, Story]) -> None:
    values = {
        "slug": package.slug,
        "title": package.title,
        "intro": package.intro,
        "parts": [_part(story) for story in printed],
        "moments": _moments(rows, stories),
        "updated_at": max(story.published_at for story in printed),
    }
    StoryPackage.objects.update_or_create(pk=package.pk, defaults=values)


def _part(story: Story) -> dict[str, Any]:
    told = {name: getattr(story, name) for name in ("headline", "standfirst", "kicker", "language", "picture")}
    return {**told, "id": story.pk, "url": story.get_absolute_url(), "at": story.published_at.isoformat()}


def _moments(rows: Iterable[PackagePart], stories: dict[int, Story]) -> list[dict[str, Any]]:
    """The timeline, the oldest first: entries of their own, and each story in print on its day."""
    found = []
    for row in rows:
        story = stories.get(row.article_id)
        if row.article_id and story is None:
            continue
        on = row.on or timezone.localdate(story.published_at)
        link = _neighbour(story) if story else {"headline": "", "url": "", "language": ""}
        found.append({"on": on.isoformat(), "text": row.text, **link})
    return sorted(found, key=lambda moment: moment["on"])


def _tell_stories(package: Package, printed: list[Story], before: set[int]) -> None:
    """Write into the rows of its stories, and of those that were its own `before`, which running story they are in."""
    told = {story.pk: _place(package, printed, n) for n, story in enumerate(printed)}
    changed = []
    for story in Story.objects.filter(pk__in=before | set(told)).only("running"):
        rest = [each for each in story.running if each["package"] != package.pk]
        running = sorted([*rest, *([told[story.pk]] if story.pk in told else [])], key=lambda each: each["package"])
        if running != story.running:
            story.running = running
            changed.append(story)
    Story.objects.bulk_update(changed, ["running"], batch_size=100)
    surrogates.changed(*surrogates.keys("story", (story.pk for story in changed)))


def _place(package: Package, printed: list[Story], n: int) -> dict[str, Any]:
    """What the page of the story at `n` says of the running story."""
    return {
        "package": package.pk,
        "title": package.title,
        "url": path_of("package", package.slug),
        "number": n + 1,
        "count": len(printed),
        "previous": _neighbour(printed[n - 1]) if n else None,
        "next": _neighbour(printed[n + 1]) if n + 1 < len(printed) else None,
    }


def _neighbour(story: Story) -> dict[str, Any]:
    return {"headline": story.headline, "url": story.get_absolute_url(), "language": story.language}
