"""What a reader finds on a page: its stories and the way on, out of the HTML."""

import re
from html import unescape


def entries(page) -> list[str]:
    """The addresses of the stories that are listed, in order."""
    return re.findall(r'class="teaser__headline"><a href="([^"]+)"', page.content.decode())


def next_key(page) -> str:
    """The key of the next page of a list; "" at the end."""
    found = re.search(r'rel="next" href="\?([^"]*&amp;)?before=([^"&]+)"', page.content.decode())
    return unescape(found[2]) if found else ""


def addresses(stories) -> list[str]:
    """Of these stories."""
    return [story.get_absolute_url() for story in stories]
