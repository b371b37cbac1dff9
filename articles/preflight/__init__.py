"""The checks before publication. The rules and their codes are those of `docs/sourcing.md`.

Pure: reads the document of a revision (`models.revisions.document_of`) and a few facts beside it, and says what is
missing, in a sentence that tells the editor what to do and with the field that mends it. `table` is the table, `on_…`
the tests of its rows, `subject` what they are given.
"""

from .on_quotes import MIN_WORDS
from .on_sources import is_plural
from .subject import BLOCKS, INFORMS, LEVELS, OFF, WARNS, Facts
from .table import BY_CODE, CHECKS, Check, Finding, level_of, problems_of_policy, run

__all__ = [
    "BLOCKS",
    "BY_CODE",
    "CHECKS",
    "INFORMS",
    "LEVELS",
    "MIN_WORDS",
    "OFF",
    "WARNS",
    "Check",
    "Facts",
    "Finding",
    "is_plural",
    "level_of",
    "problems_of_policy",
    "run",
]
