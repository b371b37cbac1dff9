"""Entries of the vocabulary that are likely one and the same: by another name, by spelling, by initials.

Entries that share a key are held against each other, so that a hundred thousand names cost one walk of them and not
each against each. A key is the name without accents in any order of its words, or its consonants: transliterations
differ in vowels and in doubled letters.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from ..models import Actor, TagsApart
from .merging import Tag, may_merge

LISTED = 100
LARGEST_BLOCK = 25  # a key that more entries share tells nothing
LEAST_ALIKE = 0.8
WORD = re.compile(r"\w+")
SOUNDS = (("ph", "f"), ("ck", "k"), ("kh", "k"), ("gh", "g"), ("sch", "sh"), ("ou", "u"), ("q", "k"), ("c", "k"))
WEAK = re.compile(r"(?<=.)[aeiouyhw]+")
DOUBLED = re.compile(r"(.)\1+")
BY_NAME, BY_SPELLING, BY_INITIALS = _("one goes by the other’s name"), _("spelt alike"), _("initials of the other")


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one: why that is thought, and how like their names are (0 to 1)."""

    one: Tag
    other: Tag
    why: Any
    likeness: float


def fold(name: str) -> str:
    """The words of a name without accents, case and punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(WORD.findall(plain.replace("'", "").replace("’", "")))


def alike(name: str, other: str) -> float:
    """How like two names are, from 0 to 1, whatever the order of their words."""
    written = fold(name), fold(other)
    sorted_words = tuple(" ".join(sorted(each.split())) for each in written)
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in {written, sorted_words})


def _skeleton(folded: str) -> str:
    for sound, plain in SOUNDS:
        folded = folded.replace(sound, plain)
    return " ".join(sorted(DOUBLED.sub(r"\1", WEAK.sub("", word)) for word in folded.split()))


def _keys(folded: str, kind: str) -> Iterator[str]:
    words = folded.split()
    if not words:
        return
    yield "words " + " ".join(sorted(words))
    skeleton = _skeleton(folded)
    if len(skeleton) > 3:
        yield "sound " + skeleton
    if len(words) > 1 and kind == "person":
        yield f"initial {words[0][0]} {words[-1]}"


def duplicates(model: type[Tag], limit: int = LISTED) -> list[Pair]:
    """The likeliest pairs first, without those that somebody said are two. Three queries."""
    rows = {row.pk: row for row in model.objects.all()}
    vocabulary = "actor" if model is Actor else "topic"
    apart = set(TagsApart.objects.filter(vocabulary=vocabulary).values_list("one", "other"))
    relation = model.aliases.rel
    aliases: dict[int, list[str]] = defaultdict(list)
    for key, name in relation.related_model.objects.values_list(relation.field.attname, "name"):
        aliases[key].append(name)
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_by_name(rows, aliases), *_by_initials(rows), *_by_key(rows, aliases)):
        key = (pair.one.pk, pair.other.pk)
        if key not in apart and (key not in found or found[key].likeness < pair.likeness):
            found[key] = pair
    return sorted(found.values(), key=lambda pair: (-pair.likeness, pair.one.name, pair.other.name))[:limit]


def _pair(one: Tag, other: Tag, why: Any, likeness: float) -> Pair:
    low, high = sorted((one, other), key=lambda tag: tag.pk)
    return Pair(low, high, why, round(likeness, 3))


def _kind(tag: Tag) -> str:
    return tag.kind if isinstance(tag, Actor) else ""


def _by_name(rows: dict[int, Tag], aliases: dict[int, list[str]]) -> Iterator[Pair]:
    """One has for another name what the other is called."""
    called: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    for row in rows.values():
        called[fold(row.name), _kind(row)].append(row)
    for key, names in aliases.items():
        for name in names:
            for other in called.get((fold(name), _kind(rows[key])), ()):
                if other.pk != key:
                    yield _pair(rows[key], other, BY_NAME, 1.0)


def _by_initials(rows: dict[int, Tag]) -> Iterator[Pair]:
    """One is called by the first letters of the other."""
    short = defaultdict(list)
    for row in rows.values():
        if row.name.isupper() and " " not in row.name and 2 < len(row.name) <= 8:
            short[row.name.casefold(), _kind(row)].append(row)
    for row in rows.values():
        words = fold(row.name).split()
        if short and len(words) > 2:
            for letters in {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}:
                for other in short.get((letters, _kind(row)), ()):
                    yield _pair(row, other, BY_INITIALS, LEAST_ALIKE)


_SMALL = frozenset({"a", "and", "for", "in", "of", "the", "to"})


def _by_key(rows: dict[int, Tag], aliases: dict[int, list[str]]) -> Iterator[Pair]:
    blocks: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for pk, row in rows.items():
        for name in (row.name, *aliases.get(pk, ())):
            for key in _keys(fold(name), _kind(row)):
                blocks[key, _kind(row)].setdefault(pk, name)
    for (key, _of), block in blocks.items():
        if 1 < len(block) <= LARGEST_BLOCK:
            yield from _in_block(key, block, rows)


def _in_block(key: str, block: dict[int, str], rows: dict[int, Tag]) -> Iterator[Pair]:
    for (one, name), (other, other_name) in combinations(block.items(), 2):
        if key.startswith("initial "):
            first, second = fold(name).split()[0], fold(other_name).split()[0]
            if 1 in (len(first), len(second)) and first != second:
                yield _pair(rows[one], rows[other], BY_INITIALS, LEAST_ALIKE)
            continue
        likeness = alike(name, other_name)
        if likeness >= LEAST_ALIKE:
            yield _pair(rows[one], rows[other], BY_SPELLING, likeness)


def dismiss(model: type[Tag], pairs: Iterable[tuple[int, int]], *, by: Any) -> int:
    """Say of each pair of keys that they are two. Raises `PermissionDenied`; returns how many that was new of."""
    if not may_merge(by):
        raise PermissionDenied("delete_tags is not for this person")
    vocabulary = "actor" if model is Actor else "topic"
    made = 0
    for one, other in pairs:
        if one == other or model.objects.filter(pk__in=(one, other)).count() < 2:
            continue
        _row, is_new = TagsApart.objects.get_or_create(
            vocabulary=vocabulary, one=min(one, other), other=max(one, other), defaults={"by": by}
        )
        made += is_new
    return made
