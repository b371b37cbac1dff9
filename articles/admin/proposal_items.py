"""What the page of proposals shows: one item a proposal, and the copy with their places marked."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import markup
from ..forms.proposals import changes_form
from ..models import Article, Proposal
from ..models.proposals import ProposalKind, ProposalState
from ..models.quotes import ObtainedVia, QuoteKind
from ..models.sources import Basis, SourceKind
from ..models.tags import ActorKind
from ..proposals import decisions, mentions, tags
from ..proposals.drafts import Drafts, QuoteDraft

CONFIDENT = 0.85  # measured precision from which quotes are offered for acceptance together


def _label(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else ""


def percent(share: float) -> str:
    """0.97 as 97 %."""
    return f"{share:.0%}".replace("%", " %")


@dataclass
class Item:
    """One proposal as the page shows it. `facts` are (label, value); `form` changes it before it is accepted."""

    proposal: Proposal
    words: str
    sort: str
    rule: str
    facts: list[tuple[str, str]]
    place: tuple[int, int] | None
    form: forms.Form | None = None
    obstacle: str = ""
    is_open: bool = False
    can_reopen: bool = False
    reasons: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def is_quoted(self) -> bool:
        """Whether the words stand between quotation marks in the copy."""
        return self.proposal.payload.get("kind") in (QuoteKind.DIRECT, QuoteKind.MIXED)

    @property
    def state(self) -> str:
        """open, accepted or rejected, for the style sheet."""
        return self.proposal.state

    @property
    def state_label(self) -> str:
        """What was decided; with the reason where it says more."""
        label = self.proposal.get_state_display()
        reason = self.proposal.reason
        return f"{label}: {decisions.REASONS[reason]}" if reason in decisions.REASONS and reason != "wrong" else label


class Page:
    """Everything of the page. The number of queries does not depend on how much is proposed."""

    def __init__(self, article: Article, user: Any, bound: dict[int, forms.Form]) -> None:
        self.article, self.user, self.bound = article, user, bound
        self.drafts = Drafts(article, article.proposals.select_related("decided_by"))
        self.may_decide = decisions.may_decide(article, user)
        self.may_add = tags.may_add(user)
        self.confident = percent(CONFIDENT)

    @cached_property
    def items(self) -> dict[str, list[Item]]:
        """The items by kind, in the order of the copy; actors and topics those with the highest score first."""
        found: dict[str, list[Item]] = {kind: [] for kind in ProposalKind.values}
        for proposal in self.drafts.proposals:
            found[proposal.kind].append(self._item(proposal))
        found["quote"].sort(key=lambda item: item.proposal.start)
        for kind in ("actor", "topic"):
            found[kind].sort(key=lambda item: -float(item.proposal.payload.get("score") or 0))
        return found

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """The three lists with their headings."""
        empty = {
            "quote": _("No quoted or reported words were found in the copy."),
            "actor": _("No actor was found in the copy. Tag the story on the writing desk."),
            "topic": _("No topic was found in the copy. Tag the story on the writing desk."),
        }
        titles = {"quote": _("Quotes"), "actor": _("Actors"), "topic": _("Topics")}
        return [
            {"kind": kind, "title": titles[kind], "items": items, "empty": empty[kind]}
            for kind, items in self.items.items()
        ]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are there and how many are decided."""
        rows = self.drafts.proposals
        decided = sum(1 for row in rows if row.state != ProposalState.OPEN)
        return {"all": len(rows), "decided": decided, "open": len(rows) - decided}

    @cached_property
    def bulk(self) -> dict[str, list[Proposal]]:
        """What may be accepted together: quotes by a sure rule with a source, tags that the vocabulary has."""
        rows = [row for row in self.drafts.proposals if row.state == ProposalState.OPEN]
        return {
            "quotes": [row for row in rows if row.kind == ProposalKind.QUOTE and self._is_confident(row)],
            "tags": [row for row in rows if row.kind != ProposalKind.QUOTE and self._is_known(row)],
        }

    @cached_property
    def bulk_labels(self) -> list[tuple[str, str]]:
        """(value, label) of the buttons; none where there is nothing to accept."""
        quotes, known = len(self.bulk["quotes"]), len(self.bulk["tags"])
        labels = []
        if quotes:
            label = ngettext(
                "Accept %(n)d quote of %(share)s or more", "Accept %(n)d quotes of %(share)s or more", quotes
            )
            labels.append(("quotes", label % {"n": quotes, "share": self.confident}))
        if known:
            label = ngettext("Accept %(n)d tag in the vocabulary", "Accept %(n)d tags in the vocabulary", known)
            labels.append(("tags", label % {"n": known}))
        return labels if self.may_decide else []

    def _is_confident(self, row: Proposal) -> bool:
        draft = self.drafts.of(row)
        return row.confidence >= CONFIDENT and bool(draft.wording) and self.drafts.place(row) is not None

    def _is_known(self, row: Proposal) -> bool:
        return bool(row.payload.get("slug")) or (
            row.kind == ProposalKind.ACTOR and tags.in_world(row.payload) is not None
        )

    # --- items ------------------------------------------------------------------------------------------------

    def _item(self, proposal: Proposal) -> Item:
        is_quote = proposal.kind == ProposalKind.QUOTE
        draft = self.drafts.of(proposal) if is_quote else None
        item = self._quote(proposal, draft) if is_quote else self._tag(proposal)
        item.is_open = proposal.state == ProposalState.OPEN and self.may_decide
        if proposal.state == ProposalState.ACCEPTED:
            item.facts = []  # the record has them, perhaps changed; what was proposed would mislead
        item.can_reopen = proposal.state == ProposalState.REJECTED and self.may_decide
        if item.is_open:
            item.form = self.bound.get(proposal.pk) or changes_form(proposal, draft)
            item.reasons = list(decisions.REASONS.items()) if is_quote else []
        return item

    def _quote(self, proposal: Proposal, draft: QuoteDraft) -> Item:
        payload, place = proposal.payload, self.drafts.place(proposal)
        facts = [
            (_("Speaker"), self._speaker(draft)),
            (_("Role"), draft.role),
            (_("Source"), self._source(draft)),
            (_("Cue"), (payload.get("cue") or {}).get("text", "")),
            (_("Obtained"), _label(ObtainedVia, draft.obtained_via)),
        ]
        return Item(
            proposal,
            words=payload["text"],
            sort=_label(QuoteKind, payload["kind"]),
            rule=_("%(rule)s: right in %(share)s") % {"rule": proposal.rule, "share": percent(proposal.confidence)},
            facts=[(label, value) for label, value in facts if value],
            place=place,
            obstacle="" if place else _("These words no longer stand in the body. Read the copy again."),
        )

    def _speaker(self, draft: QuoteDraft) -> str:
        if not draft.speaker and mentions.is_document(draft.wording):
            return ""
        if not draft.speaker:
            unnamed = draft.basis != Basis.ON_RECORD
            return _("%(mention)s, unnamed") % {"mention": draft.speaker_mention} if unnamed else _("nobody found")
        if draft.speaker_is_known:
            return draft.speaker
        return _("%(name)s, a new %(kind)s") % {"name": draft.speaker, "kind": _label(ActorKind, draft.speaker_kind)}

    def _source(self, draft: QuoteDraft) -> str:
        if not draft.wording:
            return ""
        parts = [f"“{draft.wording}”", _label(SourceKind, draft.source_kind), _label(Basis, draft.basis)]
        if draft.head_count:
            parts.append(ngettext("%(n)d person", "%(n)d people", draft.head_count) % {"n": draft.head_count})
        return ", ".join(parts)

    def _tag(self, proposal: Proposal) -> Item:
        payload = proposal.payload
        known = self._is_known(proposal)
        mentions = len(payload["mentions"])
        facts = [
            (_("Found"), ngettext("%(n)d time in the body", "%(n)d times in the body", mentions) % {"n": mentions})
        ]
        if payload.get("in_headline"):
            facts.append((_("Headline"), _("yes")))
        if payload.get("score") is not None:
            facts.append((_("Score"), f"{payload['score']:g}"))
        if payload.get("words"):
            facts.append((_("Words"), ", ".join(payload["words"])))
        is_blocked = not known and not self.may_add
        return Item(
            proposal,
            words=payload["name"],
            sort=_label(ActorKind, payload.get("kind")) or _("topic"),
            rule=self._why(proposal, known),
            facts=facts,
            place=(proposal.start, proposal.end) if payload["mentions"] else None,
            obstacle=_("Only editors add to the vocabulary.") if is_blocked else "",
        )

    def _why(self, proposal: Proposal, known: bool) -> str:
        """What spoke for a tag."""
        if proposal.rule:
            share = percent(proposal.confidence)
            return _("%(rule)s: right in %(share)s") % {"rule": proposal.rule, "share": share}
        return _("in the vocabulary") if known else _("new to the vocabulary")

    # --- the copy ---------------------------------------------------------------------------------------------

    def copy(self) -> SafeString:
        """The body with every proposal marked; names inside quoted words are marked within the quote's mark."""
        html = markup.sanitise(self.article.body)
        quoted = [self._mark(item, *item.place) for item in self.items["quote"] if item.place]
        html = markup.wrap(html, quoted, figure=_nothing, note=_nothing)
        names = [
            self._mark(item, start, end, number)
            for kind in ("actor", "topic")
            for item in self.items[kind]
            for number, (start, end) in enumerate(item.proposal.payload["mentions"])
            if self._still_says(item, start, end)
        ]
        return mark_safe(markup.wrap(html, names))  # noqa: S308  (sanitised above; marks are escaped by wrap)

    def _still_says(self, item: Item, start: int, end: int) -> bool:
        """Whether a whole word stands there still: offsets of an older text may cut one."""
        text = self.drafts.text
        if not 0 <= start < end <= len(text):
            return False
        cut_before = start > 0 and text[start - 1].isalnum()
        return not cut_before and not text[end : end + 1].isalnum() and text[start].isalnum()

    def _mark(self, item: Item, start: int, end: int, number: int = 0) -> markup.Mark:
        key = item.proposal.pk
        return markup.Mark(
            start,
            end,
            tag="a",
            attributes={
                "class": f"proposal-mark proposal-mark--{item.proposal.kind} is-{item.state}",
                "href": f"#proposal-{key}",
                "data-mark": str(key),
            },
            once={"id": f"at-{key}"} if number == 0 else {},
        )


def _nothing(piece: markup.Piece | markup.Note) -> str:
    """Pictures and notes are nothing to decide on here."""
    return ""
