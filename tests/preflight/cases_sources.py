"""Where the checks of sources fire, and where they are silent."""

import copy

from .documents import GOOD, changed, claimed, unnamed

ACTOR = {"id": 1, "name": "Dorrit Ames", "kind": "person", "slug": "dorrit-ames"}


def _twice(**second):
    """The unnamed source cited once more; `second` changes the other citation."""
    document = unnamed()
    document["attributions"].append(copy.deepcopy(document["attributions"][0]) | {"id": 6} | second)
    return document


CASES = {
    "R6": (
        [
            changed(attributions__0__basis="off_record"),
            changed(attributions__0__basis="off_record", quotes=[]),
            claimed(attributions__1__basis="off_record"),
        ],
        [GOOD, changed(attributions__0__basis="off_record", attributions__0__wording="a docker", quotes=[])],
    ),
    "R7": (
        [
            changed(attributions__0__basis="deep_background", attributions__0__wording=""),
            changed(attributions__0__basis="deep_background", quotes=[]),
        ],
        [GOOD, changed(attributions__0__basis="deep_background", attributions__0__wording="", quotes=[])],
    ),
    "R8": (
        [
            unnamed(wording=" "),
            changed(
                attributions__0__basis="background",
                attributions__0__wording="a pilot called Ames",
                attributions__0__source__actor=ACTOR,
            ),
            changed(
                attributions__0__basis="background",
                attributions__0__wording="a friend of Dodo",
                attributions__0__source__actor=ACTOR,
                attributions__0__source__names=["Dodo"],
            ),
        ],
        [
            GOOD,
            unnamed(),
            changed(
                attributions__0__basis="background",
                attributions__0__wording="a pilot",
                attributions__0__source__actor=ACTOR,
            ),
        ],
    ),
    "R9": (
        [unnamed(anonymity_reason=""), unnamed(anonymity_wording=" ")],
        [GOOD, unnamed(), unnamed(basis="deep_background", anonymity_reason="")],
    ),
    "R10": (
        [unnamed(anonymity_wording="for fear of losing work")],
        [GOOD, unnamed(), unnamed(anonymity_wording="Because pilots may not speak to the press.")],
    ),
    "R11": ([unnamed(known_by=None), unnamed(known_by=4)], [GOOD, unnamed()]),
    "R12": ([unnamed(is_approved=False)], [GOOD, unnamed()]),
    "R13": (
        [
            changed(attributions__0__wording=wording)
            for wording in ("a source", "sources", "An official", "an insider", "two officials", "several sources")
        ],
        [
            changed(attributions__0__wording=wording)
            for wording in ("", "a source in the port office", "an official of the port", "the source code")
        ],
    ),
    "R14": (
        [
            changed(
                attributions__0__wording="diplomats",
                attributions__0__head_count=count,
                attributions__0__is_anonymous=True,
            )
            for count in (None, 1)
        ]
        + [
            changed(attributions__0__wording=wording)
            for wording in (
                "two dockers",
                "officials of the port",
                "a doctor and a nurse",
                "police officers at the gate",
            )
        ],
        [
            GOOD,
            changed(attributions__0__wording="diplomats", attributions__0__head_count=2),
            changed(attributions__0__wording="the boss", attributions__0__is_anonymous=True),
            changed(attributions__0__wording="port records", attributions__0__source__kind="data"),
            changed(attributions__0__wording="an officer familiar with the talks"),
            changed(attributions__0__wording="a nurse, who works nights and weekends"),
            changed(
                attributions__0__wording="Dorrit Ames", attributions__0__source__actor={"id": 1, "name": "Dorrit Ames"}
            ),
        ],
    ),
    "R17": (
        [unnamed(basis_of_knowledge=""), unnamed(is_second_hand=True)],
        [GOOD, unnamed(), changed(attributions__0__is_second_hand=True)],
    ),
    "R24": (
        [
            _twice(wording="an old hand at the port"),
            _twice(is_anonymous=False, basis="on_record"),
        ],
        [GOOD, unnamed(), _twice(), _twice(source=GOOD["attributions"][0]["source"] | {"id": 9})],
    ),
    "R29": ([unnamed() | {"bylines": []}], [GOOD, unnamed(), changed(bylines=[])]),
}
