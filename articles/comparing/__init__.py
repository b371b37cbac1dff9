"""Two states of the same copy compared, three of them merged. Works on the documents of `docs/revision.md`.

Pure. What it costs grows with the length of the copy and no faster, whatever the copy holds (`sequences.Work`).
"""

from .comparison import Comparison, WordsChanged, compare, words_changed
from .conflicts import Conflict
from .merging import Merge, merge, resolve

__all__ = ["Comparison", "Conflict", "Merge", "WordsChanged", "compare", "merge", "resolve", "words_changed"]
