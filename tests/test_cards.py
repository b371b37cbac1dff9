"""The card behind quoted words: every field of the record, and nothing that was typed becomes markup."""

from datetime import date

import pytest
from django.utils import translation

from articles.printing import cards

EVIL = "<b>&\"'"
SAFE = "&lt;b&gt;&amp;&quot;&#x27;"
BARE = {
    "id": 7,
    "kind": "direct",
    "text": "We wait,",
    "speaker_name": "Ilse Maran",
    "role": "",
    "how": "",
    "said_on": None,
    "wording": "",
    "verification": "unverified",
    "verification_label": "not checked",
}
FULL = {
    **BARE,
    "speaker_name": EVIL,
    "role": EVIL,
    "how": "at a press conference",
    "said_on": date(2026, 3, 2),
    "wording": EVIL,
    "basis": "on the record",
    "verification": "verified",
    "verification_label": "checked",
    "checked_on": date(2026, 3, 3),
    "method": EVIL,
    "evidence": {"title": EVIL, "url": f"https://papers.example/?{EVIL}", "locator": EVIL},
    "original": {"text": EVIL, "language": "ar"},
    "speaker_url": "/actors/ilse-maran/",
    "answers": {**BARE, "id": 8, "text": f"{EVIL} {'word ' * 20}", "speaker_name": EVIL},
    "answered_by": [{**BARE, "id": 9, "kind": "indirect", "text": EVIL}],
}


def test_a_bare_record_says_what_is_not_known():
    assert cards.record(BARE) == (
        "\n<p>How obtained: not recorded, undated</p>\n"
        '<p><span class="state state--unverified">Not checked</span></p>\n\n'
    )


def test_everything_of_a_record_stands_on_its_card_escaped():
    card = cards.card(FULL)
    assert EVIL not in card
    assert "<b>" not in card
    assert card.count(SAFE) == 12
    assert '<p>At a press conference, <time datetime="2026-03-02">2 March 2026</time></p>' in card
    assert '<time datetime="2026-03-03">3 March 2026</time>' in card
    assert '<q lang="ar" dir="rtl">' in card
    assert f'In answer to <a href="#q-8">{SAFE}</a>: “{SAFE} word' in card
    assert " …”" in card
    assert f"Answered by Ilse Maran: “{SAFE}”" in card
    assert '<a href="/quotes/7/">This quote alone</a>' in card
    assert f'<a href="/actors/ilse-maran/">More from {SAFE}</a>' in card


def test_the_card_of_a_proof_leads_to_no_page_of_the_quote():
    assert "/quotes/7/" not in cards.card(FULL, is_proof=True)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_card_is_in_the_language_around_it(language):
    with translation.override(language):
        assert translation.gettext("undated") in cards.record(BARE)
