"""A story in a list, as HTML."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from .. import languages
from .figures import figure
from .phrases import minutes, stamp

WORDY = 110  # characters of a headline that is set smaller


def entry(
    story: Any, size: str, level: int = 3, *, picture: bool = False, eager: bool = False, form: str = ""
) -> SafeString:
    """The teaser of a story. `size`: lead, second, river, line, entry; `level`: the heading's; `picture`: show it.

    `form` is how the moment is written, without the year if nothing is said.
    """
    with languages.speaking(languages.around(story.language)):
        return mark_safe(_entry(story, size, level, picture and story.picture, eager, form))  # noqa: S308  (escaped)


def _entry(story: Any, size: str, level: int, picture: Any, eager: bool, form: str) -> str:
    looks = f"teaser teaser--{size}{' teaser--pictured' if picture else ''}"
    looks += " teaser--wordy" if len(story.headline) > WORDY else ""
    kicker = f'<p class="kicker">{escape(story.kicker)}</p>' if story.kicker else ""
    standfirst = ""
    if story.standfirst and size != "line":
        standfirst = f'<p class="teaser__standfirst">{escape(story.standfirst)}</p>'
    return (
        f'<article class="{looks}" lang="{escape(story.language)}" dir="{languages.direction(story.language)}">\n'
        f"{kicker}\n"
        f'<h{level} class="teaser__headline"><a href="{escape(story.get_absolute_url())}">'
        f"{escape(story.headline)}</a></h{level}>\n"
        f"{standfirst}\n"
        f"{figure(picture, size, eager=eager) if picture else ''}\n"
        f'<p class="meta">{genre(story, "meta__genre", after=" ")}{stamp(story.published_at, form or "j F, H:i")}'
        f"{f' <span>{minutes(story.reading_minutes)}</span>' if size == 'lead' else ''}</p>\n"
        f"</article>"
    )


def genre(story: Any, look: str, *, before: str = "", after: str = "") -> str:
    """What kind of piece it is, where that is no plain news and the kicker does not say it."""
    if story.genre == "news" or story.genre in story.kicker.lower():
        return ""
    return f'{before}<span class="{look}">{escape(capfirst(story.get_genre_display()))}</span>{after}'
