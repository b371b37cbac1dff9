"""Whether a feed or a sitemap keeps to the letter of its format; also asked by `python -m bench.audit`.

Each function gives what is wrong as sentences, none where all is well.
"""

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import jsonschema
import xmlschema

SCHEMAS = Path(__file__).parent / "data" / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC_822 = re.compile(r"(\w{3}, )?\d\d? \w{3} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC|[A-Z]{3})$")


def feed_faults(address: str, content: bytes) -> list[str]:
    """What is wrong with a feed; the ending of its path says in which form it is."""
    form = urlsplit(address).path.rpartition(".")[2]
    if form == "json":
        return _json_faults(content)
    parsed = feedparser.parse(content)
    if parsed.bozo:
        return [f"feedparser: {parsed.bozo_exception}"]
    rules = {"rss": _rss_faults, "atom": _atom_faults}[form]
    return rules(ElementTree.fromstring(content))  # noqa: S314  (our own answer)


def sitemap_faults(content: bytes) -> list[str]:
    """What the schemas of sitemaps, indexes, pictures and news say against it."""
    root = ElementTree.fromstring(content)  # noqa: S314  (our own answer)
    return [str(error.reason) for error in _sitemaps().iter_errors(root)]


@cache
def _sitemaps() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMAS / "sitemap-all.xsd"))


def _json_faults(content: bytes) -> list[str]:
    schema = json.loads((SCHEMAS / "jsonfeed-1.1.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    validator = jsonschema.Draft7Validator(schema, format_checker=checker)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(json.loads(content))]


def _rss_faults(root: ElementTree.Element) -> list[str]:
    """RSS 2.0: https://www.rssboard.org/rss-specification."""
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["not RSS 2.0"]
    found = [f"channel without {name}" for name in ("title", "link", "description") if not channel.findtext(name)]
    guids = []
    for item in channel.iter("item"):
        guid = item.find("guid")
        guids.append("" if guid is None else guid.text)
        if not (item.findtext("title") or item.findtext("description")):
            found.append("item with neither title nor description")
        if guid is not None and guid.get("isPermaLink", "true") == "true" and not (guid.text or "").startswith("http"):
            found.append(f"guid that is no address: {guid.text}")
        if not RFC_822.match(item.findtext("pubDate") or ""):
            found.append(f"pubDate not as in RFC 822: {item.findtext('pubDate')}")
    if len(guids) != len(set(guids)) or "" in guids:
        found.append("guids that are not one each")
    return found


def _atom_faults(root: ElementTree.Element) -> list[str]:
    """Atom: RFC 4287, what 4.1.1 and 4.1.2 ask of a feed and of an entry."""
    if root.tag != f"{ATOM}feed":
        return ["not Atom"]
    entries = root.findall(f"{ATOM}entry")
    found = []
    for element in (root, *entries):
        kind = element.tag.removeprefix(ATOM)
        counts = {name: len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")}
        found += [f"{kind} without just one {name}" for name, count in counts.items() if count != 1]
        stamps = [each.text or "" for name in ("updated", "published") for each in element.findall(f"{ATOM}{name}")]
        found += [f"not as in RFC 3339: {stamp}" for stamp in stamps if not RFC_3339.match(stamp)]
        if element.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
            found.append(f"{kind} without an author")
        if not any(link.get("rel", "alternate") == "alternate" for link in element.findall(f"{ATOM}link")):
            found.append(f"{kind} without a page")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        found.append("feed that does not say where it is")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        found.append("ids that are not one each")
    return found
