"""The notes of a story as its pages show them: in the order of the text, marked at their words or said to be lost."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from .. import anchoring, commenting, markup
from ..commenting.passages import plain
from ..commenting.settling import author_of
from ..models import Comment
from ..models.comments import CommentKind, CommentState
from ..models.people import name_of

ORDER = {name: position for position, name in enumerate(commenting.FIELDS)}


@dataclass
class Thread:
    """One note with its replies. `place` is where its words stand; `is_lost` says that they are gone."""

    comment: Comment
    place: tuple[int, int] | None = None
    replies: list[dict[str, Any]] = field(default_factory=list)
    marked_at: str = ""
    drifting: list[str] = field(default_factory=list)
    may_settle: bool = False
    may_reopen: bool = False
    obstacle: str = ""
    draft: str = ""

    @property
    def author(self) -> str:
        """As colleagues call them; a guest as they called themselves."""
        return author_of(self.comment)

    @property
    def settled_by(self) -> str:
        """Who ended it."""
        return name_of(self.comment.settled_by)

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.comment.state == CommentState.OPEN

    @property
    def is_suggestion(self) -> bool:
        """Whether it proposes other words."""
        return self.comment.kind == CommentKind.SUGGESTION

    @property
    def is_correction(self) -> bool:
        """Whether it proposes what readers are to be told."""
        return self.comment.kind == CommentKind.CORRECTION

    @property
    def is_lost(self) -> bool:
        """Whether it was tied to words that are gone or read differently."""
        return bool(self.comment.exact) and self.place is None

    @property
    def order(self) -> tuple:
        """On the whole story first, then as the page runs, then what has lost its words."""
        if not self.comment.exact:
            return (0, 0, 0, self.comment.pk)
        if self.place is None:
            return (2, 0, 0, self.comment.pk)
        return (1, ORDER.get(self.comment.field, 0), self.place[0], self.comment.pk)


class Notes:
    """The threads of `article` for `user`. One query, however many; `document` is the copy that the page shows."""

    def __init__(self, article: Any, user: Any, document: Mapping[str, Any]) -> None:
        self.document = document
        allows = cache(lambda action: article.allows(action, user))  # once an action, not once a note
        self.texts = {name: commenting.text_of(document, name) for name in commenting.FIELDS}
        asked = article.comments.select_related("author", "settled_by").order_by("created_at", "id")
        rows = article.fact("comments", lambda: list(asked))
        replies = defaultdict(list)
        roots = []
        for row in rows:
            (replies[row.thread_id] if row.thread_id else roots).append(row)
        self.obstacle = commenting.reason_against_accepting(article, user)
        threads = [self._thread(row, replies[row.pk], allows) for row in roots]
        threads.sort(key=lambda thread: thread.order)
        self.open = [thread for thread in threads if thread.is_open]
        self.settled = [thread for thread in threads if not thread.is_open]
        self._foretell()

    def _thread(self, row: Comment, replies: list[Comment], allows: Callable[[str], bool]) -> Thread:
        text = self.texts.get(row.field)
        thread = Thread(row, commenting.place_of(row, text) if text is not None else None)
        thread.replies = [{"comment": reply, "author": author_of(reply)} for reply in replies]
        thread.may_settle = allows(commenting.SETTLE[row.kind])
        if row.state != CommentState.ACCEPTED:
            is_suggestion = row.kind == CommentKind.SUGGESTION
            thread.may_reopen = allows("comment") if is_suggestion else thread.may_settle
        if row.kind == CommentKind.SUGGESTION:
            thread.obstacle = self.obstacle or self._lost(thread)
        return thread

    def _lost(self, thread: Thread) -> str:
        return _("The words are gone or read differently now: it can only be rejected.") if thread.is_lost else ""

    def _foretell(self) -> None:
        """Say of each open suggestion which recorded quotes would lose their words."""
        quotes = {quote["id"]: quote for quote in self.document["quotes"]}
        anchors = {key: anchoring.Anchor(each["text"], each["prefix"], each["suffix"]) for key, each in quotes.items()}
        for thread in self.open:
            if thread.is_suggestion and thread.place and thread.comment.field == "body":
                words = thread.comment.replacement
                drifting = commenting.drifting_quotes(self.document["body"], thread.place, words, anchors)
                thread.drifting = [quotes[key]["text"] for key in drifting]

    def thread(self, pk: int) -> Thread | None:
        """The thread of this key."""
        return next((thread for thread in [*self.open, *self.settled] if thread.comment.pk == pk), None)

    def marks(self) -> dict[str, list[markup.Mark]]:
        """Field → the marks of its open threads; each thread learns where its first one is (`marked_at`)."""
        return {name: list(self._marks(name)) for name in commenting.FIELDS}

    def marked(self, name: str) -> str:
        """The HTML of a headline or a standfirst with its marks; safe."""
        return markup.wrap(plain(self.document[name]), self._marks(name))

    def _marks(self, name: str) -> Iterable[markup.Mark]:
        """Threads may share words: the text is cut where one begins or ends, and a piece leads to the shortest."""
        threads = [each for each in self.open if each.place and each.comment.field == name]
        cuts = sorted({cut for each in threads for cut in each.place})
        for start, end in pairwise(cuts):
            over = [each for each in threads if each.place[0] <= start and end <= each.place[1]]
            if not over:
                continue
            at = f"words-{name}-{start}"
            for each in over:
                each.marked_at = each.marked_at or at
            shortest = min(over, key=lambda each: each.place[1] - each.place[0])
            keys = " ".join(str(each.comment.pk) for each in over)
            kind = "suggestion" if shortest.is_suggestion else "comment"
            yield markup.Mark(
                start,
                end,
                tag="a",
                attributes={
                    "class": f"note-mark note-mark--{kind}",
                    "href": f"#note-{shortest.comment.pk}",
                    "data-notes": keys,
                },
                once={"id": at},
            )
