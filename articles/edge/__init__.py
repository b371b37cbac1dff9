"""The edge: readers' pages ready to send, in the memory of each process, dropped when the press changes them.

`pages` is the list of what may be kept, `memory` keeps it, `purges` is the log by which all processes and machines hear
what has changed, `shared` the level that machines may share, `serving` the middleware that stands first of
all, `door` what stands before even that.
"""

from .door import door
from .purges import purge
from .serving import EdgeMiddleware, tally

__all__ = ["EdgeMiddleware", "door", "purge", "tally"]
