"""AES-GCM under keys that are in no database: a name and how to reach them into bytes, and back.

Pure but for the settings: `NEWSROOM_SOURCE_KEYS`, the first of which seals, the others only open.
"""

import json
import os
from base64 import b64decode
from binascii import Error
from dataclasses import asdict, dataclass
from hashlib import blake2s

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes, as SP 800-38D asks of GCM
KEY = 32  # bytes: AES-256
STEP = 256  # bytes: what is sealed is filled up to a multiple, so that its length tells little of a name


class VaultIsClosed(Exception):  # noqa: N818  (reads as the newsroom says it)
    """There is no key here, or it is none."""


class DoesNotOpen(Exception):  # noqa: N818
    """None of the keys opens it: sealed under another, put into another row, or changed."""


@dataclass(frozen=True)
class Contact:
    """What is sealed."""

    name: str
    contact: str = ""


@dataclass(frozen=True)
class Sealed:
    """What is kept of it."""

    nonce: bytes
    ciphertext: bytes
    key_id: str


def keys() -> dict[str, bytes]:
    """Key id → key, the one that seals first. Raises `VaultIsClosed`."""
    found = {}
    for text in settings.NEWSROOM_SOURCE_KEYS:
        try:
            key = b64decode(text, validate=True)
        except (Error, ValueError):
            key = b""
        if len(key) != KEY:
            raise VaultIsClosed("A key of NEWSROOM_SOURCE_KEY is not 32 bytes in base64.")
        found[blake2s(key, digest_size=8, person=b"keyid").hexdigest()] = key
    if not found:
        raise VaultIsClosed("NEWSROOM_SOURCE_KEY is not set: identities can be neither sealed nor opened here.")
    return found


def current_key_id() -> str:
    """The id of the key that seals."""
    return next(iter(keys()))


def seal(contact: Contact, source: int) -> Sealed:
    """For the row of that source and no other."""
    key_id, key = next(iter(keys().items()))
    plain = json.dumps(asdict(contact), ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % STEP)
    nonce = os.urandom(NONCE)
    return Sealed(nonce, AESGCM(key).encrypt(nonce, plain, _bound_to(source)), key_id)


def unseal(sealed: Sealed, source: int) -> Contact:
    """What was sealed for that row. Raises `VaultIsClosed` or `DoesNotOpen`."""
    key = keys().get(sealed.key_id)
    if key is None:
        raise DoesNotOpen(f"It was sealed under a key that is not here: {sealed.key_id}.")
    try:
        plain = AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, _bound_to(source))
    except InvalidTag:
        raise DoesNotOpen("It was changed, or put where it does not belong.") from None
    return Contact(**json.loads(plain))


def _bound_to(source: int) -> bytes:
    """Table, column and row."""
    return f"articles_sourceidentity.ciphertext:{source}".encode()
