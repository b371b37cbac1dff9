"""What people decide of proposals. Accepting makes the records, rejecting says why; each decision is one transaction.

Every verb locks the article, asks `Article.allows`, and keeps the outcome as one revision.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import anchoring, markup
from ..models import Actor, Article, Attribution, Proposal, Quote, Source, Topic
from ..models.proposals import ProposalKind, ProposalState
from ..models.sources import Basis, SourceKind
from . import tags
from .drafts import Drafts, QuoteDraft

WRONG = "wrong"
REASONS = {
    WRONG: gettext_lazy("Wrong"),
    "title": gettext_lazy("Not speech: a title"),
    "term": gettext_lazy("Not speech: a term"),
    "scare": gettext_lazy("Not speech: a scare quote"),
}
# Readers have the rest before them: “Write an update” makes it a draft first.
LABEL_LENGTH = 160
NOT_SPEECH = re.compile(r'<span data-not-speech="\w+">(?P<words>.*?)</span>', re.DOTALL)


class CannotDecide(Exception):  # noqa: N818  (reads as the newsroom says it)
    """The person may decide, but not this, now; the message is a sentence for them."""


def may_decide(article: Article, user: Any) -> bool:
    """Whether this person decides proposals on `article` now."""
    return article.is_editable() and article.allows("edit_draft", user)


@transaction.atomic
def accept(proposal: Proposal, *, by: Any, changes: dict[str, Any] | None = None) -> Quote | Actor | Topic:
    """Make the records that `proposal` stands for, with `changes` in place of what was proposed; returns the record.

    `changes` of a quote are values of `QuoteDraft`; of an actor "name" and "kind". Raises `PermissionDenied`, or
    `CannotDecide` with a sentence; then nothing has changed.
    """
    article = _locked(proposal.article, by)
    record = _accept(_still_open(proposal), Drafts(article, article.proposals.all()), by, changes)
    article.record_revision(by=by)
    return record


@transaction.atomic
def accept_all(article: Article, proposals: Iterable[Proposal], *, by: Any) -> tuple[list[Any], list[str]]:
    """Accept the open ones of `proposals` as they are, as one revision.

    Returns the records made, and a sentence for each proposal that has to be looked at by itself.
    """
    current = _locked(article, by)
    drafts = Drafts(current, current.proposals.all())
    wanted = {proposal.pk for proposal in proposals}
    made, left = [], []
    for proposal in drafts.proposals:
        if proposal.pk not in wanted or proposal.state != ProposalState.OPEN:
            continue
        try:
            made.append(_accept(proposal, drafts, by, None))
        except CannotDecide as reason:
            left.append(str(reason))
    current.record_revision(by=by)
    return made, left


@transaction.atomic
def reject(proposal: Proposal, *, by: Any, reason: str = WRONG) -> None:
    """Say that a proposal is not to be followed, for one of `REASONS`.

    Quoted words that are no speech are marked so in the body, and need no record then.
    """
    if reason not in REASONS or (reason != WRONG and proposal.kind != ProposalKind.QUOTE):
        raise CannotDecide(_("Choose one of the reasons."))
    article = _locked(proposal.article, by)
    proposal_now = _still_open(proposal)
    if reason != WRONG:
        place = _place(Drafts(article, []), proposal_now)
        mark = markup.Mark(*place, tag="span", attributes={"data-not-speech": reason})
        article.body = markup.wrap(article.body, [mark])
        article.save(update_fields=["body"])
    _decide(proposal_now, ProposalState.REJECTED, by, reason)
    article.record_revision(by=by)


@transaction.atomic
def reopen(proposal: Proposal, *, by: Any) -> None:
    """Take a rejection back; words it marked as no speech become plain again."""
    article = _locked(proposal.article, by)
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state != ProposalState.REJECTED:
        raise CannotDecide(_("Only a rejection is taken back here; a record is deleted on the writing desk."))
    if current.reason != WRONG:
        place = Drafts(article, []).place(current)
        if place:
            article.body = _unmarked(article.body, place)
            article.save(update_fields=["body"])
    current.state, current.reason, current.decided_by, current.decided_at = ProposalState.OPEN, "", None, None
    current.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    article.record_revision(by=by)


# --- the ground every decision stands on ----------------------------------------------------------------------


def _locked(article: Article, by: Any) -> Article:
    current = article.locked()
    if not may_decide(current, by):
        raise PermissionDenied("proposals on this story are not for this person to decide")
    return current


def _still_open(proposal: Proposal) -> Proposal:
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state != ProposalState.OPEN:
        raise CannotDecide(_("This was decided already: %(state)s.") % {"state": current.get_state_display()})
    return current


def _decide(proposal: Proposal, state: str, by: Any, reason: str = "") -> None:
    proposal.state, proposal.reason, proposal.decided_by, proposal.decided_at = state, reason, by, timezone.now()
    proposal.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _unmarked(body: str, place: tuple[int, int]) -> str:
    """`body` without the marks of no speech that lie over the words at `place`."""
    for match in reversed(list(NOT_SPEECH.finditer(body))):
        plain = body[: match.start()] + match["words"] + body[match.end() :]
        if _marks_over(plain, place) < _marks_over(body, place):
            body = plain
    return body


def _marks_over(body: str, place: tuple[int, int]) -> int:
    return sum(1 for start, end, _kind in markup.not_speech(body) if start < place[1] and end > place[0])


def _place(drafts: Drafts, proposal: Proposal) -> tuple[int, int]:
    place = drafts.place(proposal)
    if place is None:
        words = proposal.payload["text"]
        raise CannotDecide(_("“%(words)s” no longer stands in the body. Read the copy again.") % {"words": words[:60]})
    return place


def _accept(proposal: Proposal, drafts: Drafts, by: Any, changes: dict[str, Any] | None) -> Quote | Actor | Topic:
    article = drafts.article
    if proposal.kind == ProposalKind.ACTOR:
        record = _tag(tags.actor, proposal, by, changes)
        article.actors.add(record)
    elif proposal.kind == ProposalKind.TOPIC:
        record = _tag(tags.topic, proposal, by, changes)
        article.topics.add(record)
    else:
        record = _quote(article, proposal, drafts, drafts.of(proposal).changed(changes), by)
    _decide(proposal, ProposalState.ACCEPTED, by)
    return record


def _tag(find, proposal: Proposal, by: Any, changes: dict[str, Any] | None) -> Actor | Topic:
    """The entry; a changed name is another one's, so the slug of the proposed one goes."""
    payload = {**proposal.payload, **(changes or {})}
    if payload["name"].casefold() != proposal.payload["name"].casefold():
        payload |= {"slug": None, "code": "", "aliases": [proposal.payload["name"]], "abbreviation": ""}
    try:
        return find(payload, by=by)
    except PermissionDenied as refusal:
        raise CannotDecide(
            _("“%(name)s” is not in the vocabulary, and only editors add to it.") % {"name": payload["name"]}
        ) from refusal


# --- the records of a quote -----------------------------------------------------------------------------------


def _quote(article: Article, proposal: Proposal, drafts: Drafts, draft: QuoteDraft, by: Any) -> Quote:
    place = _place(drafts, proposal)
    if draft.speaker and draft.basis != Basis.ON_RECORD:
        raise CannotDecide(
            _("Who is not on the record is not named: take the speaker out, or put the source on record.")
        )
    speaker = _speaker(draft, proposal, drafts, by)
    anchor = anchoring.make(drafts.text, *place)
    return Quote.objects.create(
        article=article,
        position=place[0],
        kind=draft.kind,
        text=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        speaker=speaker,
        speaker_mention=draft.speaker_mention[:200],
        speaker_unknown_because=draft.speaker_unknown_because[:200],
        role=draft.role[:200],
        attribution=_attribution(article, draft, speaker, place[0]),
        obtained_via=draft.obtained_via,
        said_on=draft.said_on,
        is_undated=draft.said_on is None,
    )


def _speaker(draft: QuoteDraft, proposal: Proposal, drafts: Drafts, by: Any) -> Actor | None:
    """The actor who speaks; with all its names where the copy proposes it as an actor too."""
    if not draft.speaker:
        return None
    payload = {"name": draft.speaker, "kind": draft.speaker_kind}
    for row in drafts.proposals:
        if row.kind == ProposalKind.ACTOR and row.payload["name"].casefold() == draft.speaker.casefold():
            payload = {**row.payload, "kind": draft.speaker_kind or row.payload["kind"]}
    try:
        return tags.actor(payload, by=by)
    except PermissionDenied:
        # A writer does not add to the vocabulary: the words are on record, and R3 asks an editor for the speaker.
        return None


def _attribution(article: Article, draft: QuoteDraft, speaker: Actor | None, position: int) -> Attribution | None:
    """The article's use of the source, one for all that it says there; None where no source is given at all."""
    if not draft.wording and speaker is None:
        return None
    is_confidential = draft.basis != Basis.ON_RECORD
    used = article.attributions.select_related("source")
    if is_confidential:
        known = used.filter(source__is_confidential=True, wording__iexact=draft.wording, basis=draft.basis).first()
    else:
        known = used.filter(source=_named_source(draft, speaker), basis=draft.basis).first()
    if known:
        return known
    source = _unnamed_source(article, draft) if is_confidential else _named_source(draft, speaker)
    return Attribution.objects.create(
        article=article,
        source=source,
        wording=draft.wording[:240],
        basis=draft.basis,
        head_count=draft.head_count,
        position=min(position, 32_767),
    )


def _named_source(draft: QuoteDraft, speaker: Actor | None) -> Source:
    """The source that this actor is, or that goes by this label; made where it is new."""
    label = speaker.name if speaker else draft.wording
    if draft.source_kind == SourceKind.STATEMENT and speaker:
        label = _("Statement of %(actor)s") % {"actor": speaker.name}
    values = {"kind": draft.source_kind, "actor": speaker, "is_confidential": False, "label": label[:LABEL_LENGTH]}
    return Source.objects.filter(**values).first() or Source.objects.create(**values)


def _unnamed_source(article: Article, draft: QuoteDraft) -> Source:
    """A new one for each story: “two diplomats” here are not those of another story."""
    label = f"{draft.wording or _('unnamed source')} ({article.slugline or article.headline})"
    return Source.objects.create(label=label[:LABEL_LENGTH], kind=draft.source_kind, is_confidential=True)
