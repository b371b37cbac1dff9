"""Whose a picture is, written into its file and read from one that comes in. Pure: bytes in, bytes out.

What is written, and nothing else: credit and copyright notice as EXIF (Artist, Copyright), as IPTC-IIM (2:110, 2:116)
where the format has a place for it, and as XMP (photoshop:Credit, dc:rights), as the IPTC Photo Metadata Standard maps
them. The pixels are not touched: the blocks go in between the encoded data.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, IptcImagePlugin

ARTIST, COPYRIGHT = 0x013B, 0x8298  # tags of EXIF
IIM_CREDIT, IIM_COPYRIGHT, IIM_BYLINE = (2, 110), (2, 116), (2, 80)
LONGEST = 200  # characters of either, as the desk's fields have them
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error)
XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
PNG_START, XMP_KEY = b"\x89PNG\r\n\x1a\n", b"XML:com.adobe.xmp\0\0\0\0\0"


@dataclass(frozen=True)
class Rights:
    """Credit and copyright notice; empty where nothing is known."""

    credit: str = ""
    notice: str = ""

    def __bool__(self) -> bool:
        return bool(self.credit or self.notice)


def exif(rights: Rights) -> bytes:
    """The EXIF block, of these two tags alone; empty for no rights."""
    block = Image.Exif()
    if rights.credit:
        block[ARTIST] = rights.credit.encode()  # as text Pillow would make question marks of what is not ASCII
    if rights.notice:
        block[COPYRIGHT] = rights.notice.encode()
    return block.tobytes() if rights else b""


def xmp(rights: Rights) -> bytes:
    """The XMP packet; empty for no rights."""
    credit = f"<photoshop:Credit>{escape(rights.credit)}</photoshop:Credit>" if rights.credit else ""
    notice = (
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{escape(rights.notice)}</rdf:li></rdf:Alt></dc:rights>'
        if rights.notice
        else ""
    )
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{credit}{notice}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    return packet.encode() if rights else b""


def iptc(rights: Rights) -> bytes:
    """The IPTC-IIM block as Photoshop wraps it, in UTF-8; empty for no rights."""
    told = [(IIM_CREDIT, _cut(rights.credit, 32)), (IIM_COPYRIGHT, _cut(rights.notice, 128))]
    sets = b"".join(struct.pack(">BBBH", 0x1C, *key, len(value)) + value for key, value in told if value)
    sets = b"\x1c\x01\x5a\x00\x03\x1b%G" + sets  # 1:90: the text is UTF-8
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + sets + b"\0" * (len(sets) % 2)
    return b"Photoshop 3.0\0" + block if rights else b""


def _cut(words: str, most: int) -> bytes:
    """At most that many bytes of UTF-8, which is as much as IPTC-IIM takes, cut between letters."""
    return words.encode()[:most].decode(errors="ignore").encode()


# --- into a file --------------------------------------------------------------------------------------------------


def write(content: bytes, rights: Rights) -> bytes:
    """The same picture with these rights in place of any metadata that it had; a format without a place stays as is."""
    if content.startswith(b"\xff\xd8"):
        return _into_jpeg(content, rights)
    if content.startswith(PNG_START):
        return _into_png(content, rights)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _into_webp(content, rights)
    return content


def _into_jpeg(content: bytes, rights: Rights) -> bytes:
    """Segments APP1 and APP13 before the first scan are dropped, ours come after the JFIF header."""
    kept, place = [], 2
    while content[place : place + 1] == b"\xff" and content[place + 1] != 0xDA:
        length = 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
        if content[place + 1] not in (0xE1, 0xED, 0xFE):
            kept.append(content[place : place + length])
        place += length
    ours = [
        b"\xff" + marker + struct.pack(">H", len(data) + 2) + data
        for marker, data in (
            (b"\xe1", exif(rights)),
            (b"\xe1", XMP_NAME + xmp(rights) if rights else b""),
            (b"\xed", iptc(rights)),
        )
        if data
    ]
    after_jfif = 1 if kept and kept[0][1] == 0xE0 else 0
    return b"".join([content[:2], *kept[:after_jfif], *ours, *kept[after_jfif:], content[place:]])


def _into_png(content: bytes, rights: Rights) -> bytes:
    """Chunks of text, time and EXIF are dropped, ours come after the header."""
    kept, place = [], len(PNG_START)
    while place + 8 <= len(content):
        length = 12 + struct.unpack(">I", content[place : place + 4])[0]
        if content[place + 4 : place + 8] not in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"):
            kept.append(content[place : place + length])
        place += length
    ours = [_chunk(b"eXIf", exif(rights).removeprefix(b"Exif\0\0")), _chunk(b"iTXt", XMP_KEY + xmp(rights))]
    return b"".join([PNG_START, kept[0], *(ours if rights else []), *kept[1:]])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _into_webp(content: bytes, rights: Rights) -> bytes:
    """The extended format (VP8X) says which blocks follow; EXIF and XMP stand at the end."""
    chunks, place = [], 12
    while place + 8 <= len(content):
        length = struct.unpack("<I", content[place + 4 : place + 8])[0]
        chunks.append((content[place : place + 4], content[place + 8 : place + 8 + length]))
        place += 8 + length + length % 2
    chunks = [chunk for chunk in chunks if chunk[0] not in (b"EXIF", b"XMP ")]
    if chunks[0][0] != b"VP8X":
        with Image.open(BytesIO(content)) as picture:
            size, has_alpha = picture.size, picture.mode == "RGBA"
        canvas = b"".join(struct.pack("<I", side - 1)[:3] for side in size)
        chunks.insert(0, (b"VP8X", bytes([0x10 if has_alpha else 0, 0, 0, 0]) + canvas))
    flags = (chunks[0][1][0] & ~0x0C) | (0x0C if rights else 0)
    chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
    if rights:
        chunks += [(b"EXIF", exif(rights).removeprefix(b"Exif\0\0")), (b"XMP ", xmp(rights))]
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


# --- from a file --------------------------------------------------------------------------------------------------


def read(picture: Image.Image) -> Rights:
    """What an upload says of itself, in IPTC-IIM first, then in EXIF; empty where nothing can be read."""
    credit, notice = _told_in_iptc(picture)
    try:
        block = picture.getexif()
        credit = credit or _plain(block.get(ARTIST))
        notice = notice or _plain(block.get(COPYRIGHT))
    except UNREADABLE:
        pass  # an unusable block says nothing
    return Rights(credit, notice)


def _told_in_iptc(picture: Image.Image) -> tuple[str, str]:
    try:
        told = IptcImagePlugin.getiptcinfo(picture) or {}
    except UNREADABLE:
        return "", ""
    return _plain(told.get(IIM_CREDIT) or told.get(IIM_BYLINE)), _plain(told.get(IIM_COPYRIGHT))


def _plain(value: object) -> str:
    """One line of text without control characters; bytes are UTF-8 or, where they are not, Windows-1252."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")  # how Pillow reads EXIF, whatever the camera wrote
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            value = value.decode("cp1252", "replace")
    words = "".join(sign if sign.isprintable() else " " for sign in str(value or ""))
    return " ".join(words.split())[:LONGEST]
