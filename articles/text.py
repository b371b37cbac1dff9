"""Reading plain copy: bytes of a wire text to a headline, what stands around the story, and paragraphs.

Pure. Offsets count characters of the text as decoded (byte order mark dropped, a NUL as a space, line ends kept),
so that what is found in it can be shown in the file itself.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_BYTES = 2 * 1024 * 1024

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zipped or Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL = 0.01

SECTIONS = {
    *(
        "africa",
        "americas",
        "analysis",
        "asia",
        "asia pacific",
        "breaking news",
        "business",
        "climate",
        "culture",
    ),
    *(
        "economy",
        "education",
        "energy",
        "entertainment",
        "environment",
        "europe",
        "health",
        "international",
    ),
    *(
        "law",
        "markets",
        "middle east",
        "national",
        "news",
        "opinion",
        "politics",
        "science",
        "society",
        "sport",
    ),
    *("sports", "technology", "us news", "world", "world news"),
}
AGENCY = re.compile(
    r"^(?:[A-Z]{2,5}|.*\b(?:Agency|Press|News|Newsroom|Reuters|Wire|Staff|Writers?|Reporters?|Correspondents?"
    r"|Editors?|Bureau|Times|Post)|(?:special|exclusive)\b.*|for\b.*)$",
    re.IGNORECASE,
)
LINE = re.compile(r"[^\r\n]+")
SHARES = re.compile(
    r"(?:shares?:?\s*)?(?P<number>\d{1,3}(?:[,.  ]\d{3})+|\d{1,7}(?:\.\d)?)\s?(?P<unit>[kKmM])?(?:\s*shares?)?",
    re.IGNORECASE,
)
LABELLED_SECTION = re.compile(r"(?:section|desk|category)\s*:\s*(?P<section>\S.{0,60})", re.IGNORECASE)
PIPED_SECTION = re.compile(r"(?P<section>\w[\w &-]{1,30}(?:\s*[|»›]\s*\w[\w &-]{1,30}){1,3})")
BYLINE = re.compile(r"(?:by|words by|text by)\s*:?\s+(?P<names>\S.{1,150})", re.IGNORECASE)
NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*)(?:\s+[^\W\d_][\w.'’-]*){0,4}")
STAMP = re.compile(
    r"(?:(?:published|updated|posted|last (?:modified|updated)|issued)\b.{0,70}\d.{0,40}"
    r"|(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+,?\s+\d{4}\b.{0,30}"
    r"|(?:\w+day,?\s+)?[A-Z][a-z]+\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b.{0,30}"
    r"|\d{4}-\d{2}-\d{2}\b.{0,30})",
    re.IGNORECASE,
)
LABELLED_STANDFIRST = re.compile(
    r"(?:standfirst|summary|deck|sub-?head(?:line)?)\s*:\s*(?P<words>\S.*)",
    re.IGNORECASE,
)
DASH = r"\s*(?:—|–|--|-(?=\s))\s*"
PLACE = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATE = rf"(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s[A-Z][a-z]{{2,8}})(?:,?\s\d{{4}})?"
AGENCY_MARK = r"\([A-Z][\w.&/ -]{1,40}\)"
CAPITALS = r"[^\W\d_a-z][^\W\d_a-z'’.-]{2,}(?:[ /][^\W\d_a-z][^\W\d_a-z'’.-]*){0,3}"
DATELINE = re.compile(
    rf"(?P<words>(?:{PLACE}(?:,\s{PLACE}){{0,2}}(?:,\s{DATE})?\s{AGENCY_MARK}|{PLACE}(?:,\s{PLACE}){{0,2}},\s{DATE}"
    rf"|{CAPITALS}(?:,\s{PLACE}){{0,2}}|{AGENCY_MARK})){DASH}(?=[^\Wa-z]|[“\"‘'])"
)
ENDS_A_SENTENCE = re.compile(r"[.?!:…][”\"’'»)\]]*$")
HEADER_LINES = 8
STANDFIRST_LENGTH = 240


class UnreadableCopy(ValueError):  # noqa: N818  (reads as the newsroom says it)
    """A file that is no plain story; the message is one sentence that names the file and what is wrong."""


class Paragraph(NamedTuple):
    """`text` is the copy's `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class PlainCopy:
    """One file as read. `headline_end` is where the headline's line ends in `text`."""

    text: str
    encoding: str
    headline: str = ""
    headline_start: int = 0
    headline_end: int = 0
    share_count: int | None = None
    bylines: tuple[str, ...] = ()
    dateline: str = ""
    standfirst: str = ""
    section: str = ""
    paragraphs: tuple[Paragraph, ...] = field(default=())


def read(data: bytes, name: str) -> PlainCopy:
    """The story in `data`; raises UnreadableCopy with a sentence naming the file `name`."""
    text, encoding = decode(data, name)
    blocks = _blocks(text)
    if not blocks:
        raise UnreadableCopy(f"{name}: the file is empty.")
    if len(blocks) == 1:
        raise UnreadableCopy(f"{name}: only one line; a story needs a headline and at least one paragraph.")
    header = _Header(text, blocks)
    if not header.headline:
        raise UnreadableCopy(f"{name}: no headline was found in it.")
    if not header.paragraphs:
        raise UnreadableCopy(f"{name}: a headline but no paragraph after it.")
    return PlainCopy(
        text=text,
        encoding=encoding,
        headline=header.headline.text,
        headline_start=header.headline.start,
        headline_end=header.headline.end,
        share_count=header.share_count,
        bylines=header.bylines,
        dateline=header.dateline,
        standfirst=header.standfirst,
        section=header.section,
        paragraphs=tuple(header.paragraphs),
    )


def decode(data: bytes, name: str) -> tuple[str, str]:
    """`data` as text, and the encoding it was in; raises UnreadableCopy for what is no text."""
    if not data.strip(b"\x00\t\r\n "):
        raise UnreadableCopy(f"{name}: the file is empty.")
    if len(data) > MAX_BYTES:
        size, limit = len(data) / 1024 / 1024, MAX_BYTES // 1024 // 1024
        raise UnreadableCopy(f"{name}: {size:.1f} MB is too large for a story; the limit is {limit} MB.")
    for magic, kind in FOREIGN:
        if data.startswith(magic):
            raise UnreadableCopy(f"{name}: this is {kind}, not plain text; save the story as plain text.")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        _refuse_binary(data.decode("latin-1"), name)
        raise UnreadableCopy(f"{name}: its encoding is neither UTF-8, UTF-16 nor Windows-1252.")
    text = text.removeprefix("\ufeff")
    _refuse_binary(text, name)
    return text.replace("\x00", " "), encoding


def _refuse_binary(text: str, name: str) -> None:
    if len(CONTROL.findall(text)) > max(1, MAX_CONTROL * len(text)):
        raise UnreadableCopy(f"{name}: this is binary data, not text.")


def _encodings(data: bytes) -> list[str]:
    """The encodings to try, likeliest first. Without a mark, UTF-16 shows in NULs at every other byte."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return [encoding]
    sample = data[:4000]
    if sample[1::2].count(0) > 0.4 * len(sample) / 2:
        return ["utf-16-le"]
    if sample[0::2].count(0) > 0.4 * len(sample) / 2:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def share_count(line: str) -> int | None:
    """The number in a stray line such as "122", "1,204" or "1.2k shares"; None for any other line."""
    match = SHARES.fullmatch(line.strip())
    if not match:
        return None
    number, unit = match["number"], (match["unit"] or "").lower()
    if unit:
        return round(float(re.sub(r"[,  ]", "", number)) * {"k": 1_000, "m": 1_000_000}[unit])
    return None if re.fullmatch(r"\d+\.\d", number) else int(re.sub(r"[,.  ]", "", number))


def byline_names(line: str) -> tuple[str, ...]:
    """The people in "By Jane Doe and JOHN ROE, Agency"; empty when the line is no byline."""
    match = BYLINE.fullmatch(line.strip())
    if not match or ENDS_A_SENTENCE.search(match["names"]):
        return ()
    parts = re.split(
        r"\s*[,;&|/]\s*(?:and\s+)?|\s+and\s+",
        re.sub(r"\s+(?:in|at|for)\s+.*$", "", match["names"]),
    )
    people = []
    for part in filter(None, parts):
        if AGENCY.match(part) and (people or " " not in part):
            continue
        words = part.split()
        if not NAME.fullmatch(part) or not all(word[0].isupper() or len(word) <= 3 for word in words):
            return ()
        people.append(" ".join(word.title() if word.isupper() and len(word) > 2 else word for word in words))
    return tuple(people)


def dateline(paragraph: str) -> tuple[str, int]:
    """The place and date that open a story, and where its first sentence starts; ("", 0) when there are none."""
    match = DATELINE.match(paragraph)
    return (match["words"].strip(), match.end()) if match else ("", 0)


def _section(line: str) -> str:
    if match := LABELLED_SECTION.fullmatch(line):
        return match["section"].strip()
    if match := PIPED_SECTION.fullmatch(line):
        return match["section"].strip()
    return line if line.casefold() in SECTIONS else ""


def _blocks(text: str) -> list[Paragraph]:
    """The lines that hold something; where the copy is wrapped at a column, what stands between blank lines."""
    lines = [_trimmed(text, match.start(), match.end()) for match in LINE.finditer(text)]
    lines = [line for line in lines if line.text]
    groups: list[list[Paragraph]] = []
    for line in lines:
        if groups and not _blank_between(text, groups[-1][-1].end, line.start):
            groups[-1].append(line)
        else:
            groups.append([line])
    wrapped = [line for group in groups for line in group[:-1]]
    long_enough = sum(50 <= len(line.text) <= 100 for line in wrapped)
    if len(groups) < 2 or len(wrapped) < 3 or long_enough < 0.8 * len(wrapped):
        return lines
    return [_trimmed(text, group[0].start, group[-1].end) for group in groups]


def _blank_between(text: str, start: int, end: int) -> bool:
    return max(text.count("\n", start, end), text.count("\r", start, end)) > 1


def _trimmed(text: str, start: int, end: int) -> Paragraph:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Paragraph(start, start + len(words), words)


class _Header:
    """Takes the lines before the body apart; what is left is `paragraphs`."""

    def __init__(self, text: str, blocks: list[Paragraph]):
        self.headline: Paragraph | None = None
        self.share_count: int | None = None
        self.bylines: tuple[str, ...] = ()
        self.dateline = self.standfirst = self.section = ""
        self.paragraphs: list[Paragraph] = []
        standing: list[Paragraph] = []
        last_of_header = 0
        for number, block in enumerate(blocks):
            if number >= HEADER_LINES:
                standing += blocks[number:]
                break
            if self._take(block.text):
                last_of_header = len(standing)
            elif self.headline is None:
                self.headline = block
            else:
                standing.append(block)
        self._take_standfirst(standing, last_of_header)
        self._take_dateline(text, standing)
        self.paragraphs = standing

    def _take(self, line: str) -> bool:
        """Whether `line` is something that is kept apart from the body."""
        if self.share_count is None and (count := share_count(line)) is not None:
            self.share_count = count
        elif not self.section and (section := _section(line)):
            self.section = section
        elif not self.bylines and (names := byline_names(line)):
            self.bylines = names
        elif not self.standfirst and self.headline and (match := LABELLED_STANDFIRST.fullmatch(line)):
            self.standfirst = match["words"].strip()
        else:
            return bool(self.headline and STAMP.fullmatch(line))
        return True

    def _take_standfirst(self, standing: list[Paragraph], last_of_header: int) -> None:
        """Only where it is clear: before the byline, or short and without a full stop above full paragraphs."""
        if self.standfirst or len(standing) < 2 or len(standing[0].text) > STANDFIRST_LENGTH:
            return
        first, rest = standing[0], standing[1:4]
        stands_above_byline = last_of_header == 1 and bool(self.bylines)
        reads_as_one = (
            len(first.text.split()) >= 5
            and not ENDS_A_SENTENCE.search(first.text)
            and not re.search(r"[“\"]", first.text)
            and len(rest) >= 2
            and all(ENDS_A_SENTENCE.search(block.text) for block in rest)
        )
        if stands_above_byline or reads_as_one:
            self.standfirst = first.text
            del standing[0]

    def _take_dateline(self, text: str, standing: list[Paragraph]) -> None:
        if not standing:
            return
        words, starts = dateline(standing[0].text)
        if words and starts < len(standing[0].text):
            self.dateline = words
            standing[0] = _trimmed(text, standing[0].start + starts, standing[0].end)
