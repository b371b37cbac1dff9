"""The public history of a story: its editions, and what each changed in the words of the one before.

Made by the press from editions, which were all before readers; never from a draft. What a withdrawal took from readers
is not shown again by what came after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import comparing, slips
from .models import Edition, Revision, Story, StoryEdition
from .models.editions import EditionKind

PUBLIC = ("headline", "standfirst", "kicker", "dateline", "body")


def compile_histories(histories: Iterable[tuple[Story, Sequence[Edition]]]) -> None:
    """Write the rows of stories for their editions, which are all of each in the order of their numbers.

    Where all but the last are there, the last is added: what an edition changed stays as it is. Else all are written.
    """
    shown, gone, rows = [], [], []
    for story, editions in histories:
        (gone if story.is_withdrawn else shown).append((story, editions))
    if gone:
        StoryEdition.objects.filter(story__in=[story.pk for story, _editions in gone]).delete()
    known = _known([story.pk for story, editions in shown if len(editions) > 1])
    for story, editions in shown:
        new = editions[-1:] if known[story.pk] == {edition.number for edition in editions[:-1]} else editions
        rows += _rows(story, editions, new)
    slips.put(StoryEdition, rows, unique=["id"])


def _known(stories: list[int]) -> dict[int, set[int]]:
    """Story → the numbers of the editions it tells of already."""
    found: dict[int, set[int]] = defaultdict(set)
    if stories:
        told = StoryEdition.objects.filter(story__in=stories).order_by()
        for story, number in told.values_list("story_id", "number"):
            found[story].add(number)
    return found


def _rows(story: Story, editions: Sequence[Edition], new: Sequence[Edition]) -> Iterator[StoryEdition]:
    documents = _documents(editions, new)
    for before, edition in zip([None, *editions], editions, strict=False):
        if edition in new:
            yield StoryEdition(
                id=edition.pk,
                story=story,
                number=edition.number,
                kind_label=str(EditionKind(edition.kind).label),
                kind=edition.kind,
                at=edition.at,
                **_words(edition),
                **_changed(documents, before, edition),
            )


def _words(edition: Edition) -> dict[str, str]:
    """What readers were told with it; of a first edition and of a minor fix nothing is."""
    if edition.kind in (EditionKind.FIRST, EditionKind.FIX):
        return {}
    return {name: getattr(edition, name) for name in ("note", "wrong", "right")}


def _documents(editions: Sequence[Edition], new: Sequence[Edition]) -> dict[int, dict[str, Any]]:
    """Key of a revision → the public words of it, for what is compared and was not withdrawn; no query for one."""
    last = max((at for at, each in enumerate(editions) if each.kind == EditionKind.WITHDRAWAL), default=-1)
    kept = editions[max(last + 1, len(editions) - len(new) - 1) :]
    if len(kept) < 2:
        return {}
    rows = Revision.objects.filter(pk__in={edition.revision_id for edition in kept})
    return {
        pk: dict(zip(PUBLIC, values, strict=True))
        for pk, *values in rows.values_list("pk", *(f"document__{name}" for name in PUBLIC))
    }


def _changed(documents: dict[int, dict[str, Any]], before: Edition | None, edition: Edition) -> dict[str, Any]:
    """The columns that tell what differs; nothing where either is not to be shown."""
    old = documents.get(before.revision_id) if before and before.kind != EditionKind.WITHDRAWAL else None
    new = documents.get(edition.revision_id)
    if old is None or new is None:
        return {}
    compared = comparing.compare(old, new)
    return {
        "changes": list(_told(compared)),
        "words_new": compared.words_new,
        "words_gone": compared.words_gone,
    }


def _told(compared: comparing.Comparison) -> Iterator[dict[str, Any]]:
    for field in compared.fields:
        yield {"name": field.name, "label": str(field.label), "blocks": [_block("changed", "", field.runs)]}
    blocks = [
        _block("moved" if block.is_moved else block.kind, str(block.style), block.runs)
        for block in compared.body
        if block.kind != "same" and not (block.is_moved and block.kind == "gone")
    ]
    if blocks:
        yield {"name": "body", "label": "", "blocks": blocks}


def _block(kind: str, style: str, runs: Sequence[Any]) -> dict[str, Any]:
    """A block with its runs, the space before changed words apart; what only carries other marks is the same."""
    told = []
    for run in runs:
        if run.kind in ("same", "marked"):
            told.append(["same", run.text])
        else:
            told += [["same", run.gap]] if run.gap else []
            told.append([run.kind, run.words])
    return {"kind": kind, "style": style, "runs": told}
