"""The press: freezes revisions as editions and prints them as the stories that readers see.

The only writer of `models.stories`. Printing is a function of the editions and the vocabulary alone, so that
`reprint` gives the same story again.

`publishing` freezes, `references` reads what the documents of some editions speak of, `sheets` makes their rows without
a query, `rows` writes what differs from what readers have, `printer` puts these together for one edition or for
hundreds at once, `reprinting` does so for everything.
"""

from .due import Released, release_due
from .printer import print_edition, print_editions, print_in_bulk, proof, settle
from .publishing import publish, withdraw
from .reprinting import left_unprinted, printed_in_bulk, reprint, reprint_tagged, stories_of

__all__ = [
    "Released",
    "left_unprinted",
    "print_edition",
    "print_editions",
    "print_in_bulk",
    "printed_in_bulk",
    "proof",
    "publish",
    "release_due",
    "reprint",
    "reprint_tagged",
    "settle",
    "stories_of",
    "withdraw",
]
