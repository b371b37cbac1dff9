"""One revision's document set for print: the values of a story's row and of the rows beside it.

No queries here: the press hands over the vocabulary and the pictures the document speaks of.
"""

from .sheet import Sheet

__all__ = ["Sheet"]
