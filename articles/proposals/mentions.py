"""What the copy's own wording tells of a source: named or not, how many, what it is, how the words were obtained.

Pure. Everything here is a first guess that a person sees before it becomes a record, and may change.
"""

import re

from .. import preflight
from ..models.quotes import ObtainedVia
from ..models.sources import SourceKind
from ..quoting import words

NUMBERS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        range(1, 13),
        strict=True,
    )
)
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"[’']s?$")
INDEFINITE = re.compile(
    rf"^(?:an?|one|some|several|many|other|another|both|unnamed|anonymous|{'|'.join(NUMBERS)}|\d+)\b", re.IGNORECASE
)
PARTICIPLE = re.compile(r"^(?:[a-z]+ed|seen|shown|sent|made|given|held)$")
HEAD_ENDS = re.compile(
    r"\s+(?:of|for|in|from|at|with|within|who|close|familiar|briefed|near|on|inside|to|whose)\b|[,(]"
)
# Bodies that speak as such, and people whose office it is to speak for one: they are named by what they speak for.
BODIES = {"authorities", "prosecutors", "police", "union", "unions", "court", "company", "government", "ministry"}
MANY_BODIES = re.compile(
    r"^(?:agenc|compan|countr|ministr|universit|cit|part)ies$"
    r"|^(?:banks|courts|firms|governments|groups|hospitals|media|news|newspapers|organi[sz]ations|outlets|states|websites)$"
)
VOICES = re.compile(r"^spokes(?:man|woman|person|people|persons)$")
ALWAYS_UNNAMED = {"source", "official", "diplomat", "aide", "insider", "person", "people"}

OBTAINED = (
    (ObtainedVia.STATEMENT, r"\b(?:in|by) (?:an? |the |his |her |its |their )?(?:[\w-]+ ){0,2}statement\b"),
    (ObtainedVia.STATEMENT, r"\b(?:statement|communiqué|communique|press release)\b"),
    (ObtainedVia.PRESS_CONFERENCE, r"\b(?:press|news) (?:conference|briefing)\b|\b(?:told|tells) reporters\b"),
    (ObtainedVia.COURT, r"\b(?:testified|testimony|told (?:the|a) (?:court|judge|jury)|in court)\b"),
    (
        ObtainedVia.SOCIAL_POST,
        r"\b(?:tweet(?:ed|s)?|social media|(?:posted|wrote) on (?:X|Twitter|Facebook|Telegram)|post on)\b",
    ),
    (ObtainedVia.EMAIL, r"\be-?mail(?:ed|s)?\b"),
    (ObtainedVia.PHONE, r"\b(?:by|over the) (?:tele)?phone\b"),
    (ObtainedVia.BROADCAST, r"\b(?:on|told) (?:[\w-]+ )*(?:television|TV|radio)\b|\bbroadcast\b"),
    (ObtainedVia.SPEECH, r"\bin (?:an? |the |his |her |their )?(?:[\w-]+ ){0,2}(?:speech|address|sermon)\b"),
    (ObtainedVia.INTERVIEW, r"\binterview(?:ed)?\b"),
    (ObtainedVia.OUTLET, r"\b(?:told|tells) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*\b"),
    (
        ObtainedVia.DOCUMENT,
        r"\b(?:data|documents?|records?|figures|letters?|memos?|filings?|statistics|report|papers)\b",
    ),
)
APPOSITIVE = re.compile(
    r"\s?,\s(?P<role>(?:[A-Z][\w-]*[’']s?\s)?(?:(?:the|a|an)\s)?[a-z][^,.;:“”\"]{3,90}?)(?:\s\([A-Z]{2,8}\))?(?=[,.])"
)
NOT_A_ROLE = re.compile(
    r"^(?:who|which|whose|where|when|after|before|but|and|or|in|on|at|as|for|with|without|by|from|to|of|if|that|while"
    r"|although|though|because|adding|saying|said|citing|speaking|according|referring|warning|calling|telling|noting"
    r"|his|her|their|its|he|she|they|it|we|last|this|early|late|earlier|later)\b",
    re.IGNORECASE,
)


def head(mention: str) -> str:
    """The noun that the phrase is about, in lower case where the copy has it so: "officials" of "officials in Rome"."""
    phrase = HEAD_ENDS.split(mention.strip(), maxsplit=1)[0].split()
    while len(phrase) > 1 and PARTICIPLE.match(phrase[-1]):  # "documents seen", "a letter filed"
        phrase.pop()
    return POSSESSIVE.sub("", phrase[-1].strip(".,;:’'\"”“")) if phrase else ""


def bare(mention: str) -> str:
    """Without its article and possessive."""
    return POSSESSIVE.sub("", ARTICLE.sub("", " ".join(mention.split())))


def is_document(mention: str) -> bool:
    """Whether words on paper speak: a statement, data, records."""
    return head(mention).lower() in words.DOCUMENTS | words.EVIDENCE and head(mention).islower()


def is_voice(mention: str) -> bool:
    """Whether somebody speaks for a body by office: "a spokesman for the ministry"."""
    return bool(VOICES.match(head(mention)))


def is_unnamed(mention: str) -> bool:
    """Whether the copy keeps back who it is: "diplomats", "two officials at the ministry", "the source"."""
    parts = re.split(r"\s+and\s+|,\s*", mention.strip())
    return any(_is_unnamed(part) for part in parts if part)


def _is_unnamed(part: str) -> bool:
    noun = head(part)
    if not noun or not noun.islower() or is_document(part) or is_voice(part) or noun in BODIES:
        return False
    if noun in ALWAYS_UNNAMED or noun.rstrip("s") in ALWAYS_UNNAMED:
        return True
    if INDEFINITE.match(part):  # "a diplomat", "two dockers"
        return noun in words.PEOPLE or (preflight.is_plural(part) and not MANY_BODIES.match(noun))
    return noun in words.UNNAMED


def head_count(mention: str) -> int | None:
    """How many people the wording stands for: the number it gives, two for another plural, None for one."""
    first = mention.split()[0].lower() if mention.split() else ""
    number = int(first) if first.isascii() and first.isdecimal() and len(first) <= 4 else NUMBERS.get(first)
    if number:
        return number if number > 1 else None
    return 2 if preflight.is_plural(mention) else None


def source_kind(mention: str, obtained: str, actor_kind: str = "") -> str:
    """What sort of source it is."""
    noun = head(mention).lower()
    if obtained == ObtainedVia.STATEMENT:
        return SourceKind.STATEMENT
    if is_document(mention):
        if noun in {"data", "figures", "statistics", "census", "numbers", "poll", "polls"}:
            return SourceKind.DATA
        if noun in {"video", "audio", "footage", "image", "images"}:
            return SourceKind.RECORDING
        return SourceKind.SOCIAL_POST if noun in {"post", "tweet"} else SourceKind.DOCUMENT
    if actor_kind and actor_kind != "person":
        return SourceKind.ORGANISATION
    if not actor_kind and (noun in BODIES or is_voice(mention)):
        return SourceKind.ORGANISATION
    return SourceKind.PERSON


def obtained_via(context: str, source: str, *, is_wire: bool) -> str:
    """How the words came in, by the cue's own sentence; through the agency where the copy is theirs; else empty.

    `context` is the story's own words around the cue, `source` the wording that names the source.
    """
    own = f"{source} {context}"
    for way, pattern in OBTAINED:
        if way == ObtainedVia.DOCUMENT and not is_document(source):
            continue
        if re.search(pattern, own):
            return way
    return ObtainedVia.WIRE if is_wire else ""


def role_after(text: str, end: int) -> str:
    """The role in apposition to a name that ends at `end`: ", director of the port authority,"."""
    match = APPOSITIVE.match(text, end, end + 130)
    if not match or NOT_A_ROLE.match(match["role"]):
        return ""
    return ARTICLE.sub("", match["role"].strip()) if match["role"][:1].islower() else match["role"].strip()


def role_before(phrase: str) -> str:
    """The title in front of a name: "the eastern commander" of "the eastern commander Ana Ruiz"."""
    return ARTICLE.sub("", phrase.strip(" ,"))


def looks_like_body(name: str) -> bool:
    """Whether a name is rather that of an organisation than of a person."""
    parts = name.split()
    return (
        len(parts) == 1
        or len(parts) > 3
        or any(part.islower() for part in parts)
        or bool(re.search(r"(?:ion|ment|istry|ncil|mittee|urt|ouse|nk|ority|ency|ffice|arty|rmy|nions?|oard)$", name))
    )
