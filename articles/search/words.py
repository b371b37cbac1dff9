"""Text as the index has it: words, folded to what readers type, and stems by the language of the story. Pure.

A query does not say its language. So only languages that can be told from the word are stemmed: English and the
newsroom's own for Latin script, and one for each script of `BY_SCRIPT`. Other stories are found by words as written.
"""

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer
from django.conf import settings

LONGEST = 64  # letters of a word that count
KNOWN = 100_000  # words that a process remembers, folded, and as many stems of a language
SHORTEST_STEM = 4
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # scripts without spaces: each letter is a word
MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
POSSESSIVE = r"(?<=\w)['’]s(?!\w)"
PLAIN = re.compile(rf"{POSSESSIVE}|([^\W_]+)")
OTHER = re.compile(rf"{POSSESSIVE}|([{ALONE}]|(?:(?![_{ALONE}])[\w{re.escape(MARKS)}])+)")
NEEDS_OTHER = re.compile(rf"[{ALONE}{re.escape(MARKS)}]")
DROPPED = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]")
ONE_LETTER = str.maketrans("ٱىیک", "اييك")  # letters that are typed for each other
BY_SCRIPT = (
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0400-\u04ff]"), "ru"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0530-\u058f]"), "hy"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[a-z]"), "en"),
)
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_stemmers = threading.local()  # a stemmer keeps the word it works on


def primary(language: str) -> str:
    """The first part of a language's tag: "en" of "en-GB"."""
    return language.lower().replace("_", "-").split("-")[0]


def is_stemmed(language: str) -> bool:
    """Whether words of stories in this language (its first part) are kept as stems."""
    told = {code for _script, code in BY_SCRIPT} | {primary(settings.LANGUAGE_CODE)}
    return language in told and language in ALGORITHMS


class _Known(dict):
    """What a function makes of a word, remembered for the last `most` of them: asked for half a million times a second.

    A dictionary, for it answers in a third of the time of `lru_cache`; when it is full it begins anew.
    """

    def __init__(self, make: Callable[[str], str], most: int) -> None:
        super().__init__()
        self.make, self.most = make, most

    def __missing__(self, word: str) -> str:
        made = self.make(word)
        if len(self) >= self.most:
            self.clear()
        self[word] = made
        return made


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One word without what readers leave out: case, accents, vowel points; "" where nothing is left."""
    bare = DROPPED.sub("", unicodedata.normalize("NFKD", word)).translate(ONE_LETTER).casefold()
    return "".join(PLAIN.findall(unicodedata.normalize("NFC", bare)))[:LONGEST] if bare.isascii() else _rest(bare)


def _rest(bare: str) -> str:
    return "".join(OTHER.findall(unicodedata.normalize("NFC", bare)))[:LONGEST]


def pattern_of(text: str) -> re.Pattern[str]:
    """What finds the words of this text, each in its first group; a match without one is no word."""
    return OTHER if NEEDS_OTHER.search(text) else PLAIN


def folded(typed: str) -> str:
    """A word as `pattern_of` finds it, folded."""
    return typed.lower()[:LONGEST] if typed.isascii() else fold(typed)


def words(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    return [word for word in map(_folded.__getitem__, pattern_of(text).findall(text)) if word]


_folded = _Known(folded, KNOWN)


def stem(word: str, language: str) -> str:
    """The stem of a folded word, or the word where stories of the language are kept as they are."""
    return _stemming(language)(word)


@lru_cache(maxsize=100)
def _stemming(language: str) -> Callable[[str], str]:
    """What makes the stem of a folded word."""
    if not is_stemmed(language):
        return str

    def make(word: str) -> str:
        if len(word) < SHORTEST_STEM:
            return word
        stemmers = _stemmers.__dict__
        if language not in stemmers:
            stemmers[language] = snowballstemmer.stemmer(ALGORITHMS[language])
        return stemmers[language].stemWord(word) or word

    return _Known(make, KNOWN).__getitem__


def stems(text: str, language: str) -> str:
    """`text` as the index has it: the stems of its words, with a space between; `language` is a first part."""
    return stemmed(words(text), language)


def stemmed(folded: list[str], language: str) -> str:
    """The same of words that are folded already."""
    return " ".join(map(_stemming(language), folded))


def languages(word: str) -> tuple[str, ...]:
    """The languages in whose stems a typed word may stand: that of its script, the newsroom's own, and none ("")."""
    own = primary(settings.LANGUAGE_CODE)
    by_script = next((code for script, code in BY_SCRIPT if script.search(word)), "")
    return tuple(dict.fromkeys(("", by_script, own)))


def forms(typed: list[str]) -> tuple[tuple[str, ...], ...]:
    """What a run of folded words may stand as in the index, one form for each language it may be in."""
    codes = dict.fromkeys(code for word in typed for code in languages(word))
    return tuple(dict.fromkeys(tuple(stem(word, code) for word in typed) for code in codes))
