"""What rests on a source, and what follows when it turns out to be unreliable."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from . import auditing, permissions
from .models import Article, Attribution, Claim, EditionSource, Quote, Source, Story
from .workflow import MoveNotAllowed

MOST = 500  # stories that a page lists, the heaviest first
DEPTH = 12  # links of a chain of origins that are followed
QUOTE, CLAIM, SERIOUS = 1, 2, 4  # what each adds to the weight of a story; twice where it has no other source
IN_PRINT = 2  # how much more a story weighs that readers have


@dataclass
class Resting:
    """One story, and what of it rests on the source. `weight` says how much it would matter."""

    article: Article
    is_live: bool
    wordings: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[tuple[Claim, bool]] = field(default_factory=list)  # and whether it has no other origin
    printed: list[str] = field(default_factory=list)  # quotes that only the edition in print rests on it with
    is_only_printed: bool = False  # the working copy does not use it any more

    @property
    def printed_count(self) -> int:
        """How many quotes readers have of it that the working copy has no more."""
        return len(self.printed)

    @property
    def weight(self) -> int:
        """Quotes and claims counted by what they carry; print doubles it."""
        claims = sum((SERIOUS if claim.is_serious else CLAIM) * (2 if alone else 1) for claim, alone in self.claims)
        quotes = (len(self.quotes) + len(self.printed)) * QUOTE
        return (quotes + claims + 1) * (IN_PRINT if self.is_live else 1)


def family_of(source: Source) -> list[int]:
    """The source with all that go back to it."""
    found, latest = [source.pk], [source.pk]
    for _step in range(DEPTH):
        derived = Source.objects.filter(origin__in=latest).exclude(pk__in=found)
        latest = list(derived.values_list("pk", flat=True))
        if not latest:
            break
        found += latest
    return found


def resting_on(source: Source, user: Any) -> list[Resting]:
    """The stories that `user` may read and that rest on it, the heaviest first; the number of queries is fixed."""
    family = set(family_of(source))
    open_to_them = Article.objects.visible_to(user).values("pk")
    rows = Attribution.objects.filter(source__in=family, article__in=open_to_them).order_by("-pk")
    rows = list(rows.prefetch_related("quotes", "claims__attributions__source__origin__origin")[: MOST * 2])
    stories = Article.objects.with_print().in_bulk({row.article_id for row in rows})
    found: dict[int, Resting] = {}
    claims: dict[int, dict[int, Claim]] = defaultdict(dict)
    for row in rows:
        article = stories[row.article_id]
        story = found.setdefault(article.pk, Resting(article, article.is_in_print))
        story.wordings.append(str(row) if row.wording else "")
        story.quotes += row.quotes.all()
        claims[article.pk].update({claim.pk: claim for claim in row.claims.all()})
    for pk, marked in claims.items():
        found[pk].claims = [(claim, _rests_alone(claim, family)) for claim in marked.values()]
    for story in _in_print(family, open_to_them, set(found)):
        found[story.article.pk] = story
    return sorted(found.values(), key=lambda each: (-each.weight, -each.article.pk))[:MOST]


def _in_print(family: set[int], readable: QuerySet, known: set[int]) -> list[Resting]:
    """Stories whose edition in print rests on it although their working copy does not any more."""
    story = Story.objects.published().filter(pk=OuterRef("edition__article")).values("edition_number")[:1]
    rows = EditionSource.objects.filter(source__in=family, edition__article__in=readable)
    rows = rows.filter(edition__number=Subquery(story)).exclude(edition__article__in=known)
    editions = [row.edition for row in rows.select_related("edition__revision").order_by("-pk")[:MOST]]
    stories = Article.objects.with_print().in_bulk({each.article_id for each in editions}) if editions else {}
    found: dict[int, Resting] = {}
    for edition in editions:
        document = edition.revision.document
        mine = {each["id"] for each in document["attributions"] if each["source"]["id"] in family}
        words = [quote["text"] for quote in document["quotes"] if quote["attribution"] in mine]
        article = stories[edition.article_id]
        found[article.pk] = Resting(article, is_live=True, printed=words, is_only_printed=True)
    return list(found.values())


def _rests_alone(claim: Claim, family: set[int]) -> bool:
    roots = {each.source.root_id for each in claim.attributions.all() if each.source_id not in family}
    return not roots


def may_recall(user: Any) -> bool:
    """Whether they may call a source unreliable."""
    return bool(permissions.scopes(permissions.roles_of(user), "recall_sources"))


@transaction.atomic
def recall(source: Source, *, by: Any, reason: str) -> Source:
    """Call it unreliable: from now on nothing that rests on it goes out (R5, R18). Raises `PermissionDenied`."""
    current = _locked(source, by)
    current.recalled_at, current.recalled_by, current.recall_reason = timezone.now(), by, reason.strip()
    current.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    auditing.record("recall_source", current, by=by, note="" if current.is_confidential else current.recall_reason)
    return current


@transaction.atomic
def reinstate(source: Source, *, by: Any) -> Source:
    """Take that back."""
    current = _locked(source, by)
    current.recalled_at, current.recalled_by, current.recall_reason = None, None, ""
    current.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    auditing.record("reinstate_source", current, by=by)
    return current


def _locked(source: Source, by: Any) -> Source:
    if not may_recall(by):
        raise PermissionDenied("recall_sources is not for this person")
    return Source.objects.select_for_update().get(pk=source.pk)


def open_corrections(source: Source, articles: Iterable[int], *, by: Any) -> tuple[list[Article], list[tuple]]:
    """A draft over each of these live stories, to be corrected and published by its own way.

    Returns those that were opened, and (article, reasons) of those that were not. A transaction a story: one that is
    refused keeps none of the others back.
    """
    opened, refused = [], []
    rests = {each.article.pk: each.article for each in resting_on(source, by)}
    note = _("A source of this story was recalled as unreliable: correct what rests on it.")
    for pk in dict.fromkeys(articles):
        article = rests.get(pk)
        if article is None:
            continue
        try:
            with transaction.atomic():
                article.revise(by=by, note=note)
        except MoveNotAllowed as refusal:
            refused.append((article, [str(reason) for reason in refusal.reasons]))
        except PermissionDenied:
            refused.append((article, [_("You may not open an update of it.")]))
        else:
            opened.append(article)
    return opened, refused
