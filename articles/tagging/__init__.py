"""What becomes of the vocabulary: two names for one thing become one, one name for two things becomes two.

Revisions and editions are never rewritten. They keep the keys they were saved with, and `FormerActor`, `FormerTopic`
and `SplitActor` say which row stands for such a key now, so that old stories print with the right name.
"""

from .duplicates import LISTED, Pair, alike, dismiss, duplicates
from .merging import CannotMerge, CannotUndo, latest_merges, may_merge, merge, reason_against, undo, uses_of
from .splitting import CannotSplit, split, stories_to_split

__all__ = [
    "LISTED",
    "CannotMerge",
    "CannotSplit",
    "CannotUndo",
    "Pair",
    "alike",
    "dismiss",
    "duplicates",
    "latest_merges",
    "may_merge",
    "merge",
    "reason_against",
    "split",
    "stories_to_split",
    "undo",
    "uses_of",
]
