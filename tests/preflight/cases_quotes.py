"""Where the checks of quotes fire, and where they are silent."""

from .documents import BODY, GOOD, SPOKEN, changed, unnamed


def _said(how, sentence, **paths):
    """GOOD with the sentence around its quote rewritten."""
    body = f"<p>“{SPOKEN},” {sentence}</p><p>Ilse Maran is the harbour master.</p>"
    return changed(body=body, quotes__0__suffix=f",” {sentence}"[:32], quotes__0__obtained_via=how, **paths)


OUTLET = {"id": 2, "kind": "outlet", "label": "Selm Herald", "is_confidential": False, "root": 2, "actor": None}
SPLIT = BODY.replace("said.</p>", "said. “Then nobody came.”</p>")
SECOND = {"text": "Then nobody came", "prefix": "", "suffix": ""}

CASES = {
    "R1": (
        [
            changed(quotes=[]),
            changed(body=BODY + "<p>“Nobody told the crews,” she said.</p>"),
            changed(body=BODY + '<p>"Nobody told the crews," she said.</p>'),
            changed(
                body=f'{BODY}<figure data-kind="embed"><a href="https://v.example/1">“Nobody told us then”</a></figure>'
            ),
        ],
        [
            GOOD,
            changed(body=f'{BODY}<figure data-kind="pull"><blockquote>{SPOKEN}</blockquote></figure>'),
            changed(body=f'{BODY}<figure data-kind="embed"><a href="https://v.example/1">“{SPOKEN}”</a></figure>'),
            changed(body=BODY + "<p>They call it “the gate”.</p>"),
            changed(
                body=BODY + '<p>Her book “<span data-not-speech="title">The Long Quiet Harbour</span>” is out.</p>'
            ),
        ],
    ),
    "R2": (
        [
            changed(body=BODY.replace("saw", "watched")),
            changed(body="<p>Nothing was said.</p>"),
            changed(body=BODY + '<figure data-kind="pull"><blockquote>We saw the gate open</blockquote></figure>'),
        ],
        [
            GOOD,
            changed(body=BODY + '<figure data-kind="pull"><blockquote>“We saw the gate close.”</blockquote></figure>'),
            changed(body=BODY + '<figure data-kind="pull"><blockquote>We saw … close behind us</blockquote></figure>'),
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
    "R5": (
        [
            changed(quotes__0__verification="unverified"),
            changed(quotes__0__verification="disputed"),
            changed(quotes__0__verification="fabricated"),
            changed(quotes__0__verified_by=None),
        ],
        [GOOD],
    ),
    "R15": (
        [unnamed() | {"quotes": [unnamed()["quotes"][0] | {"is_opinion": True}]}],
        [GOOD, unnamed(), changed(quotes__0__is_opinion=True)],
    ),
    "R16": ([unnamed()], [GOOD, changed(quotes=[])]),
    "R25": (
        [
            _said("email", "Ilse Maran said in an interview."),
            _said("statement", "Ilse Maran said in a long interview on Monday."),
            _said("outlet", "Ilse Maran said in an interview."),
            _said("statement", "Ilse Maran told The Record."),
        ],
        [
            GOOD,
            _said("interview", "Ilse Maran said in an interview."),
            _said("outlet", "Ilse Maran said in an interview with the Selm Herald."),
            _said("statement", "Ilse Maran said in a statement."),
            _said("interview", "Ilse Maran told The Record."),
            _said("statement", "Ilse Maran told the crews."),
        ],
    ),
    "R26": (
        [
            _said("outlet", "Ilse Maran said.", attributions__0__source=OUTLET, attributions__0__wording=""),
            _said("wire", "Ilse Maran said.", attributions__0__wording="the Coastal News Agency"),
        ],
        [
            GOOD,
            _said("outlet", "Ilse Maran told the Selm Herald.", attributions__0__source=OUTLET),
            _said("wire", "she told the Coastal News Agency.", attributions__0__wording="the Coastal News Agency"),
        ],
    ),
    "R27": (
        [
            changed(quotes__0__original_language="fr"),
            changed(
                body=BODY.replace("the gate close", "[the gate] close"),
                quotes__0__text="We saw [the gate] close behind us",
            ),
            changed(body=SPLIT, quotes__0__segments=[SECOND]),
        ],
        [
            GOOD,
            changed(quotes__0__original_language="en-GB"),
            changed(quotes__0__original_language="fr", body=BODY.replace("said.", "said in French.")),
            changed(quotes__0__original_language="fr", body=BODY.replace("said.", "said through an interpreter.")),
            changed(body=SPLIT, quotes__0__segments=[SECOND], quotes__0__original_text="We saw it. Then nobody came."),
        ],
    ),
    "R28": (
        [changed(quotes__0__role=""), changed(quotes__0__role="port doctor")],
        [GOOD, changed(quotes__0__role="", quotes__0__speaker={"id": 1, "name": "The port", "kind": "organisation"})],
    ),
}
