"""Ways to pass an address on: plain links that load nothing and carry no more than what they say. Pure."""

from urllib.parse import quote

from django.utils.translation import gettext as _

WAYS = (
    ("Mastodon", "https://share.joinmastodon.org/#text={both}"),
    ("Bluesky", "https://bsky.app/intent/compose?text={both}"),
    ("WhatsApp", "https://wa.me/?text={both}"),
)


def ways(title: str, address: str) -> list[dict[str, str]]:
    """[{name, url}] for something of this title at this address: by e-mail first, then by networks."""
    subject, plain, both = (quote(words, safe="") for words in (title, address, f"{title} {address}"))
    mail = {"name": _("E-mail"), "url": f"mailto:?subject={subject}&body={plain}"}
    return [mail, *({"name": name, "url": url.format(both=both)} for name, url in WAYS)]
