"""The table of checks, walked: each fires where it should and is silent where it should not."""

import copy

import pytest

from articles import preflight
from articles.preflight import CHECKS

SPOKEN = "We saw the gate close behind us"
BODY = f"<p>“{SPOKEN},” Ilse Maran said.</p><p>By noon 40 ships waited outside.</p>"

GOOD = {
    "headline": "Gate 12 closes at Port Selm",
    "standfirst": "Nobody knows for how long.",
    "slug": "gate-closes",
    "body": BODY,
    "lead_image": {"id": 1, "alt": "A gate", "caption": "", "credit": "The Record"},
    "images": [],
    "actors": [{"id": 1, "name": "Ilse Maran"}],
    "topics": [],
    "attributions": [
        {
            "id": 5,
            "wording": "the harbour master",
            "basis": "on_record",
            "head_count": None,
            "is_anonymous": False,
            "source": {"id": 2, "kind": "person", "actor": None},
        }
    ],
    "quotes": [
        {
            "id": 9,
            "kind": "direct",
            "text": SPOKEN,
            "prefix": "“",
            "suffix": ",” Ilse Maran said.",
            "speaker": {"id": 1, "name": "Ilse Maran"},
            "speaker_mention": "",
            "speaker_unknown_because": "",
            "attribution": 5,
            "obtained_via": "interview",
            "said_on": "2026-03-01",
            "is_undated": False,
        }
    ],
}


def changed(**paths):
    """GOOD with `a__0__b=value` put at that path."""
    document = copy.deepcopy(GOOD)
    for path, value in paths.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        place = document
        for step in way:
            place = place[step]
        place[last] = value
    return document


def codes(document, slug_is_taken=False, live=None):
    return [finding.code for finding in preflight.run(document, slug_is_taken=slug_is_taken, live=live)]


# code -> (documents on which it fires, documents on which it is silent)
CASES = {
    "R1": (
        [
            changed(quotes=[]),
            changed(body=BODY + "<p>“Nobody told the crews,” she said.</p>"),
            changed(body=BODY + '<p>"Nobody told the crews," she said.</p>'),
        ],
        [
            GOOD,
            changed(body=BODY + "<p>They call it “the gate”.</p>"),
            changed(
                body=BODY + '<p>Her book “<span data-not-speech="title">The Long Quiet Harbour</span>” is out.</p>'
            ),
        ],
    ),
    "R2": (
        [changed(body=BODY.replace("saw", "watched")), changed(body="<p>Nothing was said.</p>")],
        [
            GOOD,
            changed(body=f'<p>"{SPOKEN}," Ilse Maran said.</p>'),
            changed(body=f"<p>A new first paragraph.</p>{BODY}"),
            changed(body=BODY.replace("the gate", "<em>the gate</em>")),
        ],
    ),
    "R3": (
        [changed(quotes__0__speaker=None), changed(quotes__0__speaker=None, quotes__0__speaker_mention="a docker")],
        [
            GOOD,
            changed(quotes__0__speaker=None, quotes__0__speaker_unknown_because="heard on an open channel"),
            changed(quotes__0__speaker=None, quotes__0__kind="indirect"),
            changed(quotes__0__speaker=None, quotes__0__speaker_mention="a docker", attributions__0__is_anonymous=True),
        ],
    ),
    "R4": (
        [
            changed(quotes__0__attribution=None),
            changed(quotes__0__attribution=77),
            changed(quotes__0__obtained_via=""),
            changed(quotes__0__said_on=None),
        ],
        [GOOD, changed(quotes__0__said_on=None, quotes__0__is_undated=True)],
    ),
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
    "R31": (
        [
            changed(quotes__0__text="I never saw the gate close"),
            changed(quotes__0__speaker={"id": 2, "name": "Dorrit Ames"}),
            changed(quotes__0__speaker=None, quotes__0__speaker_mention="a docker"),
            changed(quotes=[{**GOOD["quotes"][0], "id": 10, "text": SPOKEN + " twice"}], body="<p>It rains.</p>"),
            changed(headline="Gate 14 closes at Port Selm"),
            changed(body=BODY.replace("40 ships", "50 ships")),
            changed(body=BODY.replace("40 ships", "four ships")),
        ],
        [
            GOOD,
            changed(quotes__0__speaker={"id": 1, "name": "Ilse Maran-Voss"}),
            changed(quotes=[], body="<p>Nothing was said.</p>"),
            changed(body=BODY + "<p>In the evening 60 crews went home.</p>"),
            changed(body=BODY.replace("40 ships", "forty ships")),
            changed(body=BODY.replace("40 ships waited", "ships waited")),
            changed(headline="The gate closes at Port Selm"),
        ],
    ),
    "R33": (
        [
            changed(headline=" "),
            changed(standfirst=""),
            changed(actors=[]),
            changed(slug=""),
            changed(lead_image__alt=""),
            changed(lead_image__credit=" "),
            changed(body=BODY + '<figure data-image="3"></figure>'),
        ],
        [GOOD, changed(actors=[], topics=[{"id": 1}]), changed(lead_image=None)],
    ),
}


def test_every_check_has_its_cases():
    assert [check.code for check in CHECKS] == list(CASES)


@pytest.mark.parametrize("code", CASES)
def test_check_fires_on_what_it_is_for_and_is_silent_elsewhere(code):
    fires, silent = CASES[code]
    for document in fires:
        assert code in codes(document, live=GOOD), document
    for document in silent:
        assert code not in codes(document, live=GOOD), document


def test_what_no_reader_has_is_changed_freely():
    for document in CASES["R31"][0]:
        assert "R31" not in codes(document)


def test_a_changed_figure_keeps_back_every_kind_of_edition_but_a_correction():
    [finding] = preflight.run(changed(body=BODY.replace("40 ships", "50 ships")), slug_is_taken=False, live=GOOD)
    assert (finding.code, finding.level, finding.answered_by, finding.target) == ("R31", "B", "correction", "body")
    assert not finding.blocks
    assert finding.blocks_as("update")
    assert not finding.blocks_as("correction")
    [other] = preflight.run(changed(standfirst=""), slug_is_taken=False, live=GOOD)
    assert other.blocks
    assert other.blocks_as("correction")


def test_good_copy_has_no_findings():
    assert codes(GOOD) == []


def test_a_taken_slug_is_found():
    [finding] = preflight.run(GOOD, slug_is_taken=True)
    assert (finding.code, finding.target, finding.blocks) == ("R33", "slug", True)


def test_findings_name_what_mends_them():
    document = changed(quotes__0__obtained_via="", attributions__0__wording="a source", lead_image__alt="")
    assert {finding.target for finding in preflight.run(document, slug_is_taken=False)} == {
        "quote:9",
        "attribution:5",
        "image:1",
    }


def test_every_sentence_is_a_sentence():
    for fires, _silent in CASES.values():
        for document in fires:
            for finding in preflight.run(document, slug_is_taken=False):
                assert finding.sentence[0].isupper() or finding.sentence[0] == "“"
                assert finding.sentence.endswith(".")
