"""Who may make which kind of note, and who may settle it: rows of `permissions.MATRIX`."""

from typing import Any

from ..models import Article, Comment
from ..models.comments import PROPOSED, CommentKind

MAKE: dict[str, str] = {
    CommentKind.COMMENT: "comment",
    CommentKind.SOURCE_QUERY: "comment",
    CommentKind.SUGGESTION: "comment",
    CommentKind.UPDATE: "propose_update",
    CommentKind.CORRECTION: "propose_correction",
    CommentKind.WITHDRAWAL: "propose_correction",
}
"""Kind → the action of whoever makes such a note."""

SETTLE: dict[str, str] = {
    CommentKind.COMMENT: "comment",
    CommentKind.SOURCE_QUERY: "comment",
    CommentKind.SUGGESTION: "edit_draft",
    CommentKind.UPDATE: "publish",
    CommentKind.CORRECTION: "correct",
    CommentKind.WITHDRAWAL: "withdraw",
}
"""Kind → the action of whoever ends the thread."""

GUESTS = (CommentKind.COMMENT, CommentKind.SOURCE_QUERY, CommentKind.SUGGESTION)
"""What a guest of a preview link may make."""


def kinds_open_to(user: Any, article: Article, *, is_live: bool) -> list[CommentKind]:
    """The kinds of note that `user` may make on `article` now."""
    return [
        kind
        for kind in CommentKind
        if (is_live or kind not in PROPOSED) and article.allows(MAKE[kind], user) and article.allows("read_draft", user)
    ]


def may_settle(comment: Comment, article: Article, user: Any) -> bool:
    """Whether `user` may end this thread, or open it again."""
    return article.allows(SETTLE[comment.kind], user)
