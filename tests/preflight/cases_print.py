"""Where the checks of the printed story fire, and where they are silent."""

from .documents import BODY, GOOD, SPOKEN, changed

CASES = {
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
