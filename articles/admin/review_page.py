"""What the review page shows: the proof with its notes, the checks, the approvals, what changed since the last look."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.safestring import mark_safe

from .. import commenting, comparing, press
from ..models import Article, ReviewLook, Revision
from ..models.comments import CommentKind
from ..models.sealing import sealed
from .facts import recall
from .presence import others
from .rail import moves_of
from .review_notes import Notes, Thread

DECISIONS = ("submit", "take_back", "approve", "return_to_writer", "place_hold", "lift_hold")
FIRST = ("approve", "submit")  # the one primary action of the page, where it is open


class Page:
    """The review page of `article` (of `facts.with_facts`) for `user`; `read` is what `revisions_of` gives.

    `draft` holds the fields of a note that was refused, with `error`; `typed` is what `kept_input` gives.
    """

    def __init__(
        self, article: Article, read: tuple[Revision, Revision | None], user: Any, draft: Mapping, typed: Mapping
    ) -> None:
        latest, seen = read
        self.article = article
        self.user = user
        self.draft = draft
        self.typed = typed
        self.latest = latest
        self.seen = seen
        self._seal()
        recall(article, user)
        findings = article.findings_of(latest.document, article.live_document())
        article.remember({"findings": findings})
        self.findings = [self._finding(finding) for finding in findings]
        self.notes = Notes(article, user, self.latest.document)
        if draft and (thread := self._thread_of(draft)):
            thread.draft = draft["text"]

    # --- the story ------------------------------------------------------------------------------------------------

    @cached_property
    def story(self) -> Any:
        """The proof with the words under discussion marked."""
        marks = self.notes.marks()
        story = press.proof(self.latest, marks["body"])
        story.published_at = None
        for name in ("headline", "standfirst"):
            setattr(story, name, mark_safe(self.notes.marked(name)))  # noqa: S308  (escaped by `passages.plain`)
        return story

    @cached_property
    def has_changed(self) -> bool:
        """Whether it was saved since this person's last look."""
        return self.seen is not None and self.seen.pk != self.latest.pk

    @cached_property
    def comparison(self) -> comparing.Comparison | None:
        """What changed since; None where nothing was saved since, and at the first look."""
        return comparing.compare(self.seen.document, self.latest.document) if self.has_changed else None

    def keep_first_look(self) -> None:
        """From the first look on there is something to compare with."""
        if self.seen is None:
            look_at(self.latest, self.user, is_first=True)

    def _seal(self) -> None:
        """Take out the names of sources that were made confidential since; asks nothing where there can be none."""
        revisions = [self.latest, self.seen] if self.has_changed else [self.latest]
        if self.has_changed or self.article.has_confidential:
            for revision, document in zip(revisions, sealed([each.document for each in revisions]), strict=True):
                revision.document = document

    @cached_property
    def presence(self) -> dict[str, Any]:
        """Who else has it open."""
        return others(self.user, self.article)

    # --- where it stands ------------------------------------------------------------------------------------------

    @cached_property
    def approvals(self) -> list[Any]:
        """Who said yes to this revision in this round."""
        return self.article.standing_approvals()

    @cached_property
    def approvals_needed(self) -> int:
        """How many the desk wants."""
        return self.article.approvals_needed()

    @cached_property
    def holds(self) -> list[Any]:
        """What has to be settled first."""
        return self.article.open_holds()

    @cached_property
    def blocking(self) -> int:
        """How many checks keep it from publication."""
        return sum(finding["level"] == "B" for finding in self.findings)

    @cached_property
    def moves(self) -> list[dict[str, Any]]:
        """The decisions of a review that this person may make; the other moves are on the writing desk."""
        return [move for move in moves_of(self.article, self.user, {}, self.typed) if move["verb"] in DECISIONS]

    @cached_property
    def primary(self) -> str:
        """The move that the page is for; empty where it is not open."""
        return next((move["verb"] for move in self.moves if move["verb"] in FIRST and move["is_open"]), "")

    @cached_property
    def may_edit(self) -> bool:
        """Whether this person may open the writing desk."""
        return self.article.is_editable() and self.article.allows("edit_draft", self.user)

    # --- what may be written --------------------------------------------------------------------------------------

    @cached_property
    def kinds(self) -> list[CommentKind]:
        """The kinds of note that this person may make."""
        is_proposable = any(
            self.article.allows(action, self.user) for action in ("propose_update", "propose_correction")
        )
        return commenting.kinds_open_to(self.user, self.article, is_live=is_proposable and self.article.is_live())

    @cached_property
    def may_comment(self) -> bool:
        """Whether there is a form for notes."""
        return CommentKind.COMMENT in self.kinds

    @cached_property
    def proposed(self) -> list[CommentKind]:
        """What this person may propose to publishers of a live story."""
        return [kind for kind in self.kinds if kind in commenting.PROPOSED]

    def _thread_of(self, draft: Mapping[str, str]) -> Thread | None:
        key = draft.get("thread", "")
        return self.notes.thread(int(key)) if key.isdecimal() else None

    def _finding(self, finding: Any) -> dict[str, Any]:
        """A finding with the address of what mends it, on the writing desk or at the picture."""
        kind, _colon, key = finding.target.partition(":")
        if kind == "image" and key:
            url = reverse("admin:articles_image_change", args=[key])
        else:
            at = {"quote": "quotes-group", "attribution": "attributions-group"}.get(kind, f"id_{kind}")
            url = f"{reverse('admin:articles_article_change', args=[self.article.pk])}#{at}"
        return {"code": finding.code, "level": finding.level, "sentence": finding.sentence, "url": url}


def revisions_of(article: Article, user: Any) -> tuple[Revision | None, Revision | None]:
    """The latest revision and the one that `user` last looked at, with one query; None for what there is not."""
    latest = article.revisions.order_by("-number").values("pk")[:1]
    seen = ReviewLook.objects.filter(article=article, user=user, revision=OuterRef("pk"))
    rows = article.revisions.annotate(is_seen=Exists(seen)).filter(Q(is_seen=True) | Q(pk__in=latest))
    found = list(rows.order_by("-number"))
    return (found[0] if found else None), next((revision for revision in found if revision.is_seen), None)


def look_at(revision: Revision, user: Any, *, is_first: bool = False) -> None:
    """Remember that `user` has read this revision; a first look never takes back a later one."""
    values = {"user": user, "article_id": revision.article_id}
    if is_first:
        ReviewLook.objects.get_or_create(**values, defaults={"revision": revision})
    else:
        ReviewLook.objects.update_or_create(**values, defaults={"revision": revision})
