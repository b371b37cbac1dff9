"""Who confidential sources are: sealed, revealed as an act, granted, sealed anew, deleted, each with a line in its log.

`vault` turns a name into bytes and back and knows the keys; `log` is the chain of lines; `acts` are the verbs, which
write the log first. What all this is worth, and what it is not, is in `docs/confidential-sources.md`.
"""

from .acts import grant, purge, purge_outdated, reveal, revoke, rotate, seal
from .log import lines_of, verify
from .vault import Contact, DoesNotOpen, VaultIsClosed

__all__ = [
    "Contact",
    "DoesNotOpen",
    "VaultIsClosed",
    "grant",
    "lines_of",
    "purge",
    "purge_outdated",
    "reveal",
    "revoke",
    "rotate",
    "seal",
    "verify",
]
