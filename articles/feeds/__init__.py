"""Feeds of published stories and of corrections; each as RSS 2.0, Atom 1.0 and JSON Feed 1.1.

`told` knows how a story is told in a feed, `listed` which stories one holds, `formats` in which form. A new feed is a
subclass of `Told` with `title`, `link`, `description` and `items`, and `formats(ThatFeed)` gives its three views.
"""

from .corrected import Corrected
from .formats import formats
from .found import OfSearch
from .listed import Latest, OfActor, OfContributor, OfSection, OfTag, OfTopic, light
from .told import Told

__all__ = [
    "Corrected",
    "Latest",
    "OfActor",
    "OfContributor",
    "OfSearch",
    "OfSection",
    "OfTag",
    "OfTopic",
    "Told",
    "formats",
    "light",
]
