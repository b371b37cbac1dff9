"""The catalogues of translations: collected from the source, kept in `locale/`, compiled. No gettext needed.

They are two, as Django has them: `django`, and `djangojs` for the scripts of the desk, whose pages load it. What
readers see has to be complete in every language of `locale/`; what only the desk sees may be so later.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
LOCALE = ROOT / "locale"
SOURCES = {
    "django": ("articles/**/*.py", "newsroom/**/*.py", "templates/**/*.html", "templates/**/*.txt"),
    "djangojs": ("static/js/**/*.js",),
}
OF_LIBRARIES = {"djangojs": ("Cancel", "Edit Link", "Title", "URL", "Update")}
"""What the dialogs of django-prose-editor ask the same catalogue for: it has no Arabic of its own."""
DESK_ALONE = ("templates/admin/*", "templates/emails/*", "templates/styleguide/*")
READERS = (
    "templates/*",
    *(
        f"articles/{name}"
        for name in (
            "views/*",
            "feeds*",
            "sitemaps*",
            "links/*",
            "printing/*",
            "search*",
            "forms/links.py",
            "forms/corrections.py",
            "about.py",
        )
    ),
    *(f"articles/{name}.py" for name in ("structured_data", "dossiers")),
    *("articles/preflight/table.py", "articles/preflight/told.py"),
)
"""Where strings stand that readers see; the choices of the models, whose labels are printed, belong to them too."""

IN_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
IN_NUMBERS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
KEYWORDS = {"_", "gettext", "gettext_lazy", "gettext_noop"} | IN_CONTEXT | IN_NUMBERS

PLURALS = {"ar": "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)"}
"""The numbers of a language in gettext's order, which is Django's, where Babel has them in another."""

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in every header: one that moved would change a file in which nothing changed."""


@dataclass(frozen=True, order=True)
class Found:
    """One string of the source: the English, in one number or two, its context, and the files it stands in."""

    text: str
    plural: str
    context: str
    files: tuple[str, ...]

    @property
    def id(self) -> str | tuple[str, str]:
        """As Babel knows it."""
        return (self.text, self.plural) if self.plural else self.text

    @property
    def is_for_readers(self) -> bool:
        """Whether it stands where readers see it, or is a label that is printed."""
        return (self.context, self.text) in labels() or any(is_read(name) for name in self.files)


def is_read(name: str) -> bool:
    """Whether strings of this file are seen by readers."""
    return any(fnmatch(name, each) for each in READERS) and not any(fnmatch(name, each) for each in DESK_ALONE)


@cache
def labels() -> frozenset[tuple[str, str]]:
    """(context, English) of the labels of the models' choices."""
    ours = (each for each in TextChoices.__subclasses__() if each.__module__.startswith("articles.models"))
    marked = (getattr(member._label_, "_args", (str(member.label),)) for each in ours for member in each)
    return frozenset(("", *args)[-2:] for args in marked)


def collect(domain: str = "django") -> list[Found]:
    """Every string of the source that is marked for translation, in order."""
    files: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for path in sorted(path for pattern in SOURCES[domain] for path in ROOT.glob(pattern)):
        name = path.relative_to(ROOT).as_posix()
        for key in _marked(path.read_text(encoding="utf-8"), name):
            files[key].add(name)
    for text in OF_LIBRARIES.get(domain, ()):
        files[text, "", ""].add("django_prose_editor")
    return sorted(Found(*key, tuple(sorted(names))) for key, names in files.items())


def _marked(source: str, name: str) -> Iterator[tuple[str, str, str]]:
    """(text, plural, context) of each string in one file."""
    extract = extract_javascript if name.endswith(".js") else extract_python
    if name.endswith((".html", ".txt")):
        source = "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())
    for _line, function, texts, _comments in extract(BytesIO(source.encode()), KEYWORDS, (), {}):
        parts = [texts] if isinstance(texts, str) else list(texts)
        context = (parts.pop(0) or "") if function in IN_CONTEXT else ""
        plural = (parts[1] or "") if function in IN_NUMBERS else ""
        if parts and parts[0]:
            yield parts[0], plural, context


def languages() -> list[str]:
    """Those there is a catalogue of, by code."""
    return sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def path_of(language: str, ending: str = "po", domain: str = "django") -> Path:
    """The catalogue of a language: the one that people edit, or with "mo" the one that programs read."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.{ending}"


def read(language: str, domain: str = "django") -> Catalog:
    """The catalogue as it is kept; an empty one where there is none yet."""
    path = path_of(language, domain=domain)
    with path.open("rb") if path.exists() else BytesIO() as file:
        catalog = read_po(file, locale=language)
    catalog._plural_expr = PLURALS.get(language, catalog.plural_expr)
    return catalog


def renewed(language: str, found: Iterable[Found], domain: str = "django") -> Catalog:
    """The catalogue with just the strings of the source, and what it had for each of them."""
    kept = {_key(message): message.string for message in read(language, domain)}
    catalog = Catalog(
        locale=language,
        project="Newsroom",
        version="",
        copyright_holder="the authors of Newsroom",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=LONG_AGO,
        revision_date=LONG_AGO,
        fuzzy=False,
    )
    catalog._plural_expr = PLURALS.get(language, catalog.plural_expr)
    catalog.header_comment = "# Newsroom: what readers and the desk see. `make messages` keeps it; see CONTRIBUTING.md."
    for each in found:
        catalog.add(
            each.id,
            string=kept.get((each.text, each.context)),
            locations=[(name, None) for name in each.files],
            context=each.context or None,
        )
    return catalog


def _key(message: Message) -> tuple[str, str]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text, message.context or ""


def written(catalog: Catalog) -> bytes:
    """As it is kept."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, include_lineno=False)
    return buffer.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """As programs read it."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def lacking(catalog: Catalog, found: Iterable[Found]) -> list[Found]:
    """The strings that are not, or not in every number, translated."""
    full = {_key(message) for message in catalog if _is_full(message)}
    return [each for each in found if (each.text, each.context) not in full]


def _is_full(message: Message) -> bool:
    return bool(message.string) and (isinstance(message.string, str) or all(message.string))
