"""What can be named in a text field of the desk: actors, topics, sources, one class each."""

import copy
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Actor, Contributor, Source, Topic
from ..models.sources import SourceKind
from ..models.tags import ActorKind

LIMIT = 12
MAX_QUERY = 100  # characters


@dataclass(frozen=True)
class Suggestion:
    """One thing to choose: the name to write, its kind in words, and the alias it was found by, if it was."""

    name: str
    kind: str
    alias: str = ""


class Vocabulary(ABC):
    """Base of the three. `kinds` are the words allowed in "Name (kind)" with their labels."""

    model: type[Model]
    add_permission: str
    kinds: dict[str, Any]
    suggest_url: str
    name_field = "name"
    has_aliases = True
    user: Any = None

    def for_user(self, user: Any) -> "Vocabulary":
        """The same, holding what `user` may see."""
        mine = copy.copy(self)
        mine.user = user
        return mine

    def queryset(self) -> QuerySet:
        """The rows that may be chosen."""
        return self.model._default_manager.all()

    def name_of(self, entry: Any) -> str:
        """What stands in the text field for `entry`."""
        return entry.name

    @abstractmethod
    def kind_of(self, entry: Any) -> str:
        """Its kind, in words."""

    @abstractmethod
    def make(self, name: str, kind: str) -> Any:
        """A new entry, saved."""

    def find(self, names: Iterable[str]) -> dict[str, list[Any]]:
        """Casefolded name → the entries it can mean: by their own name, else by an alias. Three queries at most."""
        wanted = {name.casefold(): name for name in names}
        found: dict[str, list[Any]] = defaultdict(list)
        for entry in self._named(self.name_field, wanted.values()):
            found[getattr(entry, self.name_field).casefold()].append(entry)
        missing = [name for key, name in wanted.items() if key not in found]
        if missing and self.has_aliases:
            for entry in self._named("aliases__name", missing).distinct().prefetch_related("aliases"):
                for key in {alias.name.casefold() for alias in entry.aliases.all()} & wanted.keys():
                    found[key].append(entry)
        return found

    def _named(self, path: str, names: Iterable[str]) -> QuerySet:
        condition = Q(pk__in=[])
        for name in names:
            condition |= Q(**{f"{path}__iexact": name})
        return self.queryset().filter(condition)

    def suggest(self, text: str) -> list[Suggestion]:
        """At most `LIMIT` entries whose name or alias holds `text`, the likeliest first. Two queries."""
        text = " ".join(text.replace("\x00", "").split())[:MAX_QUERY]
        if not text:
            return []
        name = self.name_field
        condition = Q(**{f"{name}__icontains": text})
        ranks = [
            When(**{f"{name}__iexact": text}, then=Value(0)),
            When(**{f"{name}__istartswith": text}, then=Value(2)),
        ]
        if self.has_aliases:
            condition |= Q(pk__in=self._aliased("icontains", text))
            ranks.insert(1, When(pk__in=self._aliased("iexact", text), then=Value(1)))
            ranks.append(When(pk__in=self._aliased("istartswith", text), then=Value(3)))
        ranks.append(When(**{f"{name}__icontains": text}, then=Value(4)))
        rank = Case(*ranks, default=Value(5), output_field=IntegerField())
        entries = self.queryset().filter(condition).order_by(rank, name)[:LIMIT]
        if self.has_aliases:
            entries = entries.prefetch_related("aliases")
        return [Suggestion(self.name_of(entry), self.kind_of(entry), self._alias(entry, text)) for entry in entries]

    def _aliased(self, lookup: str, text: str) -> QuerySet:
        """The keys of the entries with an alias like `text`."""
        relation = self.model.aliases.rel
        return relation.related_model.objects.filter(**{f"name__{lookup}": text}).values(relation.field.name)

    def _alias(self, entry: Any, text: str) -> str:
        """The alias that explains why `entry` came up; empty where its own name does."""
        if not self.has_aliases or text.casefold() in entry.name.casefold():
            return ""
        return next((alias.name for alias in entry.aliases.all() if text.casefold() in alias.name.casefold()), "")


class Actors(Vocabulary):
    """Who acts in the news."""

    model = Actor
    add_permission = "articles.add_actor"
    kinds = dict(ActorKind.choices)
    suggest_url = "admin:articles_actor_suggest"

    def kind_of(self, entry: Actor) -> str:
        """As the newsroom says it."""
        return str(entry.get_kind_display())

    def make(self, name: str, kind: str) -> Actor:
        """An actor with a slug of its own."""
        return Actor.objects.create(name=name, kind=kind)


class Topics(Vocabulary):
    """What stories are about."""

    model = Topic
    add_permission = "articles.add_topic"
    kinds = {"new": gettext_lazy("topic")}
    suggest_url = "admin:articles_topic_suggest"

    def queryset(self) -> QuerySet:
        """With the topic above, which serves as the kind."""
        return Topic.objects.select_related("parent")

    def kind_of(self, entry: Topic) -> str:
        """Where in the tree."""
        return _("under %(topic)s") % {"topic": entry.parent} if entry.parent else ""

    def make(self, name: str, kind: str) -> Topic:
        """A topic at the top of the tree, to be put in its place later."""
        return Topic.objects.create(name=name)


class Contributors(Vocabulary):
    """Who stands in bylines. Two may share a name: the one with the plain address is called by it, others by number."""

    model = Contributor
    add_permission = "articles.add_contributor"
    kinds = {"new": gettext_lazy("contributor")}
    suggest_url = "admin:articles_contributor_suggest"
    has_aliases = False

    def name_of(self, entry: Contributor) -> str:
        """The name, with the row's number where it is not the first of that name."""
        return entry.name if entry.slug == _plain_slug(entry.name) else f"{entry.name} #{entry.pk}"

    def kind_of(self, entry: Contributor) -> str:
        """Nothing that tells more than the name."""
        return ""

    def find(self, names: Iterable[str]) -> dict[str, list[Any]]:
        """By name, or by "name #number"; of several of one name the first."""
        found, plain = {}, []
        for name in names:
            bare, _hash, number = name.rpartition(" #")
            if bare and number.isascii() and number.isdecimal() and len(number) < 19:
                found[name.casefold()] = list(self.queryset().filter(pk=int(number), name__iexact=bare))
            else:
                plain.append(name)
        for key, entries in super().find(plain).items():
            first = [entry for entry in entries if entry.slug == _plain_slug(entry.name)]
            found[key] = first or entries
        return found

    def make(self, name: str, kind: str) -> Contributor:
        """A contributor without an account, with an address of their own."""
        slug, number = _plain_slug(name), 1
        while Contributor.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{_plain_slug(name)}-{number}"
        return Contributor.objects.create(name=name, slug=slug)


def _plain_slug(name: str) -> str:
    return slugify(name, allow_unicode=True)[:100] or "contributor"


class Sources(Vocabulary):
    """Who or what information comes from. Labels are not unique, so the number comes along where it must."""

    model = Source
    add_permission = "articles.add_source"
    kinds = dict(SourceKind.choices)
    suggest_url = "admin:articles_source_suggest"
    name_field = "label"
    has_aliases = False

    def queryset(self) -> QuerySet:
        """Confidential ones only where the person may know of them; for nobody in particular, none."""
        return Source.objects.visible_to(self.user)

    def name_of(self, entry: Source) -> str:
        """The label with the row's number."""
        return f"{entry.label} #{entry.pk}"

    def kind_of(self, entry: Source) -> str:
        """What it is, and whether it is confidential."""
        kind = str(entry.get_kind_display())
        return _("%(kind)s, confidential") % {"kind": kind} if entry.is_confidential else kind

    def find(self, names: Iterable[str]) -> dict[str, list[Any]]:
        """By label, or by "label #number"."""
        numbers = {}
        for name in names:
            label, _hash, number = name.rpartition(" #")
            if label and number.isascii() and number.isdecimal() and len(number) < 19:
                numbers[int(number)] = name.casefold()
        found = super().find(name for name in names if name.casefold() not in numbers.values())
        for entry in self.queryset().filter(pk__in=numbers):
            found[numbers[entry.pk]].append(entry)
        return found

    def make(self, name: str, kind: str) -> Source:
        """A source that is not confidential: those are recorded on their own page."""
        return Source.objects.create(label=name, kind=kind, recorded_by=self.user)
