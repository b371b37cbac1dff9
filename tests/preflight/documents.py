"""The document that passes every check, and ways to spoil it. All names are invented."""

import copy

SPOKEN = "We saw the gate close behind us"
BODY = f"<p>“{SPOKEN},” Ilse Maran, the harbour master, said.</p><p>By noon 40 ships waited outside.</p>"

GOOD = {
    "headline": "Gate 12 closes at Port Selm",
    "standfirst": "Nobody knows for how long.",
    "slug": "gate-closes",
    "language": "en",
    "writer": 4,
    "bylines": [{"contributor": 1, "name": "Nell Averin", "role": "by", "user": 4}],
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
            "anonymity_reason": "",
            "anonymity_wording": "",
            "basis_of_knowledge": "",
            "is_second_hand": False,
            "is_anonymous": False,
            "known_by": None,
            "is_approved": False,
            "source": {
                "id": 2,
                "kind": "person",
                "label": "Ilse Maran",
                "is_confidential": False,
                "root": 2,
                "actor": None,
                "names": [],
            },
        }
    ],
    "quotes": [
        {
            "id": 9,
            "kind": "direct",
            "text": SPOKEN,
            "prefix": "“",
            "suffix": ",” Ilse Maran, the harbour master,",
            "speaker": {"id": 1, "name": "Ilse Maran", "kind": "person"},
            "speaker_mention": "",
            "speaker_unknown_because": "",
            "role": "harbour master",
            "original_text": "",
            "original_language": "",
            "verification": "verified",
            "verified_by": 3,
            "is_opinion": False,
            "segments": [],
            "attribution": 5,
            "obtained_via": "interview",
            "said_on": "2026-03-01",
            "is_undated": False,
        }
    ],
    "claims": [],
    "replies": [],
    "disputes": [],
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


def unnamed(**fields):
    """GOOD with its one source unnamed, agreed, known and approved; `fields` change the attribution."""
    agreed = {
        "wording": "a pilot of the harbour",
        "basis": "background",
        "is_anonymous": True,
        "anonymity_reason": "employment",
        "anonymity_wording": "because pilots may not speak to the press",
        "basis_of_knowledge": "was on the bridge",
        "known_by": 8,
        "is_approved": True,
    }
    told = "<p>The pilot asked not to be named because pilots may not speak to the press.</p>"
    paths = {f"attributions__0__{name}": value for name, value in (agreed | fields).items()}
    return changed(body=BODY + told, quotes__0__speaker=None, quotes__0__speaker_mention="a pilot", **paths)


def claimed(claim=None, **paths):
    """GOOD with a serious claim about the port, backed by two sources, and the port's answer in the body."""
    body = BODY + "<p>The port knew of the mine for a week.</p><p>The Port of Selm declined to comment.</p>"
    port = {"id": 7, "name": "Port of Selm", "kind": "organisation"}
    second = copy.deepcopy(GOOD["attributions"][0]) | {"id": 6, "wording": "the log of the pilots"}
    second["source"] = second["source"] | {"id": 3, "root": 3, "kind": "document", "label": "Log"}
    marked = {
        "id": 20,
        "text": "The port knew of the mine for a week",
        "prefix": "",
        "suffix": ".",
        "is_serious": True,
        "actors": [port],
        "attributions": [5, 6],
        "is_known_to_desk": False,
        "is_approved": False,
    }
    asked = {
        "id": 30,
        "actor": port,
        "claims": [20],
        "asked_at": "2026-03-01T09:00:00+00:00",
        "how": "email",
        "asked_by": 4,
        "deadline": "2026-03-02T09:00:00+00:00",
        "outcome": "declined",
        "outcome_label": "declined to comment",
        "quote": None,
    }
    paths = {
        "body": body,
        "attributions": [copy.deepcopy(GOOD["attributions"][0]), second],
        "claims": [marked | (claim or {})],
        "replies": [asked],
    } | paths
    wholes = {name: value for name, value in paths.items() if "__" not in name}
    return changed(**wholes, **{name: value for name, value in paths.items() if "__" in name})
