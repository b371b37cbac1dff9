"""Languages by their code (BCP 47): which one the words around a story are in, and what a language calls itself.

Pure. A newsroom's pages are in its own language (`LANGUAGE_CODE`); labels and dates that belong to a story are in the
story's, as far as there is a catalogue of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, get_language_info, get_supported_language_variant

_spoken: ContextVar[tuple[str, str | None]] = ContextVar("spoken", default=("", None))


def around(language: str) -> str:
    """The language for labels and dates of a story in `language`; the newsroom's where there is no better one."""
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


def own_name(language: str) -> str:
    """What speakers call it, beginning as a name does: “English”, “العربية”; the code where nobody knows."""
    try:
        name = get_language_info(language)["name_local"]
    except KeyError:
        return language
    return "العربية" if name == "العربيّة" else name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """ "rtl" or "ltr": which way its words run."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """As `translation.override`; within the block `active` knows the language: a print asks for it fifty times."""
    if _spoken.get()[0] == language:
        yield
        return
    with translation.override(language):
        token = _spoken.set((language, get_language()))
        try:
            yield
        finally:
            _spoken.reset(token)


def active() -> str | None:
    """The language that is active. Within `speaking` another one is taken by `speaking` alone."""
    return _spoken.get()[1] or get_language()
