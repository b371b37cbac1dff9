"""Where the checks of claims and replies fire, and where they are silent."""

from articles import replies

from .documents import GOOD, changed, claimed

NOT_ASKED = {"replies": []}
SIDES = [
    {"id": 1, "name": "Ilse Maran", "kind": "person", "slug": "ilse-maran"},
    {"id": 7, "name": "Port of Selm", "kind": "organisation", "slug": "port-of-selm"},
]


def _answered(outcome, sentence, **paths):
    """The claim with another outcome, and another sentence about it in the body."""
    body = claimed()["body"].replace("The Port of Selm declined to comment.", sentence)
    return claimed(body=body, replies__0__outcome=outcome, **paths)


CASES = {
    "R18": (
        [
            claimed({"attributions": []}),
            claimed({"attributions": [5]}),
            claimed(attributions__1__source__root=2),
            claimed({"attributions": [5], "is_approved": True}, attributions__0__basis="background"),
        ],
        [
            GOOD,
            claimed(),
            claimed({"is_serious": False, "attributions": [5]}),
            claimed({"attributions": [5], "is_approved": True}),
            claimed({"attributions": [6], "is_approved": True}),
        ],
    ),
    "R19": (
        [claimed({"attributions": [5]}), claimed({"attributions": [5], "is_serious": False})],
        [GOOD, claimed(), claimed({"attributions": [5], "is_known_to_desk": True})],
    ),
    "R20": (
        [
            claimed(**NOT_ASKED),
            claimed({"actors": []}),
            claimed(replies__0__asked_at=None),
            claimed(replies__0__how=""),
            claimed(replies__0__asked_by=None),
            claimed(replies__0__deadline=None),
            claimed(replies__0__claims=[99]),
        ],
        [GOOD, claimed(), claimed(replies__0__claims=[]), claimed({"is_serious": False}, **NOT_ASKED)],
    ),
    "R21": (
        [
            claimed(replies__0__outcome=""),
            _answered("declined", "The port is large."),
            _answered("declined", "Ilse Maran declined to comment."),
            _answered("no_response", "The Port of Selm declined to comment."),
            _answered("no_response", "كان رد The Port of Selm الامتناع عن التعليق."),
            _answered("replied", "The Port of Selm said it was not so."),
        ],
        [
            GOOD,
            claimed(),
            _answered("declined", "The Port of Selm refused to answer."),
            _answered("no_response", "The Port of Selm did not respond to a request for comment by Monday."),
            _answered("unreachable", "The Port of Selm could not be reached."),
            _answered("declined", "وامتنعت The Port of Selm عن التعليق."),
            _answered("no_response", "ولم تردّ The Port of Selm على الأسئلة."),
            *(
                _answered(outcome, replies.sentence("The Port of Selm", outcome, deadline=None, language=language))
                for outcome in ("declined", "no_response", "unreachable")
                for language in ("en", "ar")
            ),
            _answered("replied", "The Port of Selm said it was not so.", replies__0__quote=9),
        ],
    ),
    "R22": (
        [
            _answered(
                "no_response", "The Port of Selm did not respond.", replies__0__deadline="2026-03-09T09:00:00+00:00"
            )
        ],
        [GOOD, claimed(), claimed(replies__0__deadline="2026-03-09T09:00:00+00:00")],
    ),
    "R23": (
        [claimed(attributions__0__is_anonymous=True, attributions__0__source__actor=SIDES[1])],
        [GOOD, claimed(), claimed(attributions__0__source__actor=SIDES[1])],
    ),
    "R30": (
        [changed(disputes=[SIDES])],
        [GOOD, claimed(disputes=[SIDES]), changed(disputes=[])],
    ),
}
