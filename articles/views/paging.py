"""Lists page by key: `?before=` names the last row seen, so that page 1,000 costs what page 2 costs."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from articles import surrogates
from articles.statements import Given, Statement

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """Some rows of a list and the key of the next page ("" at the end)."""

    rows: list
    next_key: str
    is_first: bool


def encode(*parts) -> str:
    """The key in the form it has in an address."""
    return urlsafe_b64encode("|".join(str(part) for part in parts).encode()).decode().rstrip("=")


def decode(key: str) -> list[str]:
    """The two parts of a key; 404 for anything that is not one."""
    try:
        parts = urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode().rsplit("|", 1)
    except (NotBase64, ValueError) as error:
        raise Http404("Not a page of this list.") from error
    if len(parts) != 2 or "\x00" in parts[0]:
        raise Http404("Not a page of this list.")
    return parts


def _number(text: str, limit: int) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > limit:
        raise Http404("Not a page of this list.")
    return int(text)


def newest_first(rows, key: str, size: int, pk: str = "pk", at: str = "published_at") -> Page:
    """A page of rows ordered by (`at`, `pk`), both descending; the names of a moment and of a number."""
    if key:
        rows = _after(rows, *_moment_and_number(key), pk, at)
    found = list(rows.order_by(f"-{at}", f"-{pk}")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    following = encode((getattr(last, at) - EPOCH) // MICROSECOND, getattr(last, pk)) if last else ""
    return Page(found[:size], following, not key)


class Listing:
    """A list of stories as `newest_first` pages it, by statements that are put together once.

    `build` makes a query of `values_list`, whose first columns are the key of a story and the moment `at`.
    """

    def __init__(self, build: Callable[[], QuerySet], pk: str = "pk", at: str = "published_at") -> None:
        order = (f"-{at}", f"-{pk}")
        moment, number = Given("moment", DateTimeField()), Given("number", BigIntegerField())
        self._first = Statement(lambda: build().order_by(*order))
        self._later = Statement(lambda: _after(build(), moment, number, pk, at).order_by(*order))

    def page(self, key: str, size: int, **given) -> Page:
        """The page of that key; `given` as `Statement.rows` takes it. One row more is read than is shown."""
        if key:
            moment, number = _moment_and_number(key)
            found = self._later.rows(size + 1, moment=moment, number=number, **given)
        else:
            found = self._first.rows(size + 1, **given)
        surrogates.note("story", (row[0] for row in found))
        last = found[size - 1] if len(found) > size else None
        following = encode((last[1] - EPOCH) // MICROSECOND, last[0]) if last else ""
        return Page(found[:size], following, not key)


def _after(rows: QuerySet, moment, number, pk: str, at: str) -> QuerySet:
    """Those below a moment and a number. The bound is written twice, so that the index is walked: an OR alone scans."""
    return rows.filter(**{f"{at}__lte": moment}).filter(Q(**{f"{at}__lt": moment}) | Q(**{f"{pk}__lt": number}))


def _moment_and_number(key: str) -> tuple[datetime, int]:
    microseconds, number = decode(key)
    try:
        moment = EPOCH + _number(microseconds, LARGEST_ID) * MICROSECOND
    except OverflowError as error:
        raise Http404("Not a page of this list.") from error
    return moment, _number(number, LARGEST_ID)


def latest_day(rows, key: str, size: int, pk: str = "pk", on: str = "dated_on") -> Page:
    """A page of rows ordered by (`on`, `pk`), both descending; the names of a day and of a number."""
    if key:
        text, number = decode(key)
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise Http404("Not a page of this list.") from error
        number = _number(number, LARGEST_ID)
        rows = rows.filter(**{f"{on}__lte": day}).filter(Q(**{f"{on}__lt": day}) | Q(**{f"{pk}__lt": number}))
    found = list(rows.order_by(f"-{on}", f"-{pk}")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    following = encode(getattr(last, on).isoformat(), getattr(last, pk)) if last else ""
    return Page(found[:size], following, not key)


def by_name(rows, key: str, size: int, name: str = "name") -> Page:
    """A page of rows in the order of their names; the name of the column that holds them."""
    if key:
        text, number = decode(key)
        later = Q(**{f"{name}__gt": text}) | Q(pk__gt=_number(number, LARGEST_ID))
        rows = rows.filter(**{f"{name}__gte": text}).filter(later)
    found = list(rows.order_by(name, "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], encode(getattr(last, name), last.pk) if last else "", not key)


def before(day: date) -> str:
    """The key of the page of `newest_first` that begins with what was published before that day."""
    moment = timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001  (made aware here)
    return encode((moment - EPOCH) // MICROSECOND, 0)
