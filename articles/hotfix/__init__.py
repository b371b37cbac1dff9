"""The lane for a typo on the live text: published at once, whatever the working copy is in the middle of.

`docs/decisions/0006-a-fix-goes-before-the-draft.md` says why. What is more than a typo is refused: it is a correction
or an update, and goes the long way.
"""

from .fixing import MOST_WORDS, Fix, has_draft, live_edition, prepare
from .publishing import publish

__all__ = ["MOST_WORDS", "Fix", "has_draft", "live_edition", "prepare", "publish"]
