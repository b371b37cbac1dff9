"""What somebody typed, read. Nothing that can be typed is an error: what makes no sense is left out and said. Pure.

harbour "channel is swept" harb* -ferry actor:maran topic:shipping by:wren quote:swept genre:analysis
after:2026-03 before:2026-04-02 year:2026
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.copy import Genre
from .words import forms, words

LONGEST = 1_000  # characters that are read
MOST = 16  # parts that are looked for
FIELDS = ("actor", "topic", "by", "quote", "genre", "before", "after", "year")
YEARS = range(1600, 2400)
MARKS = str.maketrans({**dict.fromkeys("“”„«»＂", '"'), **dict.fromkeys("‐‑–—−", "-"), "：": ":", "\x00": " "})
PART = re.compile(
    rf"""(?P<minus>-)?(?:(?P<field>{"|".join(FIELDS)})\s*:\s*)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))""",
    re.IGNORECASE,
)
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
STARTS = 4  # letters a beginning has to have before shorter stems of it are tried
ENDINGS = (
    *("able", "al", "ally", "ance", "ation", "ed", "ement", "er", "es", "ful", "ied", "ies", "ing", "ings", "ion"),
    *("ions", "ism", "ist", "ity", "ive", "ly", "ment", "ness", "ous", "s"),
)


@dataclass(frozen=True)
class Part:
    """One piece of what was typed. `field` is "" for plain words; `typed` are the folded words of its value."""

    raw: str
    value: str
    typed: tuple[str, ...]
    field: str = ""
    is_negative: bool = False
    is_prefix: bool = False

    @cached_property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """What the index may hold of it as a whole; of a beginning also the stems that are a little shorter than it."""
        found = forms(list(self.typed))
        if not self.is_prefix or len(self.typed) != 1:
            return found
        word = self.typed[0]
        sizes = range(len(word) - 1, max(STARTS, len(word) - 3) - 1, -1)
        shorter = [(word[:size],) for size in sizes if any(end.startswith(word[size:]) for end in ENDINGS)]
        return (*found, *shorter)

    @property
    def beginning(self) -> tuple[str, ...]:
        """The run whose last word is open; none where it is not."""
        return self.typed if self.is_prefix else ()

    @property
    def is_words(self) -> bool:
        """Whether it is looked for in the text."""
        return self.field in ("", "quote")


@dataclass(frozen=True)
class Query:
    """All of it. `since` and `until` are aware moments, the second not included; `problems` are sentences."""

    parts: tuple[Part, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    problems: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """In the form in which it can be asked again."""
        return " ".join(part.raw for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.parts

    @cached_property
    def words(self) -> list[Part]:
        """What is looked for in the text and has to be there: what an answer is ranked and marked by."""
        return [part for part in self.parts if part.is_words and not part.is_negative]

    def of(self, *fields: str) -> list[Part]:
        """The parts of these fields."""
        return [part for part in self.parts if part.field in fields]

    def without(self, part: Part) -> str:
        """The text of everything but `part`."""
        return " ".join(each.raw for each in self.parts if each is not part)

    def replacing(self, new: dict[str, str]) -> str:
        """The text with words in the place of others."""
        return " ".join(_replaced(part, new) for part in self.parts)


def parse(text: str) -> Query:
    """Read the first `LONGEST` characters and the first `MOST` parts of what was typed."""
    read = text[:LONGEST].translate(MARKS)
    parts, problems = [], []
    for match in PART.finditer(read):
        part = _part(match)
        if part.typed and part not in parts:
            parts.append(part)
    if len(parts) > MOST or len(text) > LONGEST:
        problems.append(_("Only the first %(count)s words were looked for.") % {"count": min(MOST, len(parts))})
    query = Query(tuple(parts[:MOST]), problems=tuple(problems))
    for part in query.of("before", "after", "year"):
        query = _bounded(query, part)
    for part in query.of("genre"):
        if part.value.lower() not in Genre.values:
            told = {"raw": part.raw, "genres": ", ".join(Genre.values)}
            query = _left_out(query, part, _("“%(raw)s” is no genre: there are %(genres)s.") % told)
    return query


def _part(match: re.Match) -> Part:
    name, phrase = (match["field"] or "").lower(), match["phrase"]
    value = (phrase if phrase is not None else match["word"]).strip()
    is_prefix = phrase is None and value.endswith("*") and name in ("", "quote")
    typed = tuple(words(value))
    written = f'"{value}"' if phrase is not None else value
    return Part(
        raw=f"{'-' if match['minus'] else ''}{name and name + ':'}{written}",
        value=value,
        typed=typed,
        field=name,
        is_negative=bool(match["minus"]),
        is_prefix=is_prefix and len(typed) > 0 and len(typed[-1]) > 1,
    )


def _bounded(query: Query, part: Part) -> Query:
    """With the days that `part` names as bounds; left out where it names none."""
    days = _days(part.value)
    if days is None or part.is_negative:
        sentence = _("“%(raw)s” was left out: a day is written 2026-03-14, 2026-03 or 2026.")
        return _left_out(query, part, sentence % {"raw": part.raw})
    first, after = days
    if part.field == "before":
        return replace(query, until=min(query.until or first, first))
    query = replace(query, since=max(query.since or first, first))
    return query if part.field == "after" else replace(query, until=min(query.until or after, after))


def _left_out(query: Query, part: Part, why: str) -> Query:
    return replace(query, parts=tuple(p for p in query.parts if p is not part), problems=(*query.problems, why))


def _days(text: str) -> tuple[datetime, datetime] | None:
    """The first moment of a year, month or day in the newsroom's zone, and the first after it."""
    match = DAY.fullmatch(text)
    if not match or int(match[1]) not in YEARS:
        return None
    year, month, day = (int(piece) if piece else None for piece in match.groups())
    try:
        first = datetime(year, month or 1, day or 1, tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None
    if day:
        after = datetime.fromordinal(first.toordinal() + 1)
    elif month:
        after = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001  (the zone follows)
    else:
        after = datetime(year + 1, 1, 1)  # noqa: DTZ001
    return first, after.replace(tzinfo=timezone.get_default_timezone())


def _replaced(part: Part, new: dict[str, str]) -> str:
    if not set(part.typed) & set(new):
        return part.raw
    value = " ".join(new.get(word, word) for word in part.typed)
    written = f'"{value}"' if len(part.typed) > 1 else value
    return f"{'-' if part.is_negative else ''}{part.field and part.field + ':'}{written}"


def narrowed(query: Query, raw: str) -> str:
    """The text of the query with one more part."""
    return f"{query.text} {raw}".strip()


def raws(parts: Iterable[Part]) -> set[str]:
    """As they were typed."""
    return {part.raw for part in parts}
