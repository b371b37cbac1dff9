"""The table of checks, walked: each fires where it should and is silent where it should not."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles import preflight
from articles.preflight import CHECKS, Facts

from . import cases_claims, cases_print, cases_quotes, cases_sources
from .documents import BODY, GOOD, changed, claimed, unnamed

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)

# code -> (documents on which it fires, documents on which it is silent)
CASES = cases_quotes.CASES | cases_sources.CASES | cases_claims.CASES | cases_print.CASES


def codes(document, **facts):
    facts = Facts(**{"now": NOW, "newsroom": "The Record"} | facts)
    return [finding.code for finding in preflight.run(document, facts)]


def test_every_check_has_its_cases():
    assert {check.code for check in CHECKS} == {*CASES, "R32"}
    assert [check.code for check in CHECKS] == [f"R{number}" for number in range(1, 34)]


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
    [finding] = preflight.run(changed(body=BODY.replace("40 ships", "50 ships")), Facts(live=GOOD))
    assert (finding.code, finding.level, finding.answered_by, finding.target) == ("R31", "B", "correction", "body")
    assert not finding.blocks
    assert finding.blocks_as("update")
    assert not finding.blocks_as("correction")
    [other] = preflight.run(changed(standfirst=""), Facts(live=GOOD))
    assert other.blocks
    assert other.blocks_as("correction")


def test_good_copy_has_no_findings():
    assert codes(GOOD) == []


def test_a_taken_slug_is_found():
    [finding] = preflight.run(GOOD, Facts(slug_is_taken=True))
    assert (finding.code, finding.target, finding.blocks) == ("R33", "slug", True)


def test_findings_name_what_mends_them():
    document = changed(quotes__0__obtained_via="", attributions__0__wording="a source", lead_image__alt="")
    assert {finding.target for finding in preflight.run(document, Facts())} == {
        "quote:9",
        "attribution:5",
        "image:1",
    }


def test_every_sentence_is_a_sentence():
    for fires, _silent in CASES.values():
        for document in fires:
            for finding in preflight.run(document, Facts()):
                assert finding.sentence[0].isupper() or finding.sentence[0] == "“"
                assert finding.sentence.endswith(".")


@pytest.mark.parametrize("document", [unnamed(), claimed()])
def test_what_was_agreed_and_asked_has_no_finding_that_blocks(document):
    assert [finding.code for finding in preflight.run(document, Facts(now=NOW)) if finding.blocks] == []


OPINION = unnamed() | {"quotes": [unnamed()["quotes"][0] | {"is_opinion": True}]}


@pytest.mark.parametrize(("code", "document"), [("R15", OPINION), ("R18", claimed({"attributions": [5]}))])
def test_a_waiver_answers_for_one_problem_in_these_words(code, document):
    [finding] = [each for each in preflight.run(document, Facts(now=NOW)) if each.code == code]
    assert finding.blocks
    assert finding.is_waivable
    [waived] = [each for each in preflight.run(document, Facts(now=NOW, waived={finding.key})) if each.code == code]
    assert waived.is_waived
    assert not waived.blocks
    assert not waived.blocks_as("first")
    other = finding.key[:-1] + ("0" if finding.key[-1] != "0" else "1")
    [again] = [each for each in preflight.run(document, Facts(now=NOW, waived={other})) if each.code == code]
    assert again.blocks


def test_only_what_the_table_says_can_be_waived():
    assert {check.code for check in CHECKS if check.is_waivable} == {"R15", "R18"}
    for code, (fires, _silent) in CASES.items():
        if code in {"R15", "R18"}:
            continue
        for document in fires:
            keys = frozenset(finding.key for finding in preflight.run(document, Facts(now=NOW, live=GOOD)))
            found = preflight.run(document, Facts(now=NOW, live=GOOD, waived=keys))
            assert not any(finding.is_waived for finding in found if finding.code == code)


def test_a_policy_makes_rules_stricter_milder_or_silent():
    document = unnamed()
    levels = {finding.code: finding.level for finding in preflight.run(document, Facts(now=NOW))}
    assert levels["R16"] == "W"
    strict = preflight.run(document, Facts(now=NOW, policy={"R16": "B"}))
    assert {finding.code: finding.level for finding in strict}["R16"] == "B"
    assert "R16" not in codes(document, policy={"R16": "-"})
    second_hand = preflight.run(unnamed(is_second_hand=True), Facts(now=NOW))
    assert [finding.level for finding in second_hand if finding.code == "R17"] == ["W"], "milder by itself"
    assert "R2" in codes(changed(body="<p>Nothing was said.</p>"), policy={"R2": "-"}), "holds the records together"


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ({"R16": "B"}, []),
        ({"R99": "B"}, ["no rule R99"]),
        ({"R2": "W"}, ["R2 cannot be changed"]),
        ({"R16": "loud"}, ["R16 is B"]),
        (["R16"], ["a table"]),
    ],
)
def test_what_is_wrong_with_a_policy_is_told(policy, words):
    told = preflight.problems_of_policy(policy)
    assert len(told) == len(words)
    assert all(word in sentence for word, sentence in zip(words, told, strict=True))


def test_a_document_of_the_first_schema_is_still_read():
    old = {name: value for name, value in GOOD.items() if name not in ("claims", "replies", "disputes", "writer")}
    old["quotes"] = [{k: v for k, v in GOOD["quotes"][0].items() if k not in ("segments", "is_opinion", "verified_by")}]
    assert codes(old) == ["R5"]


def test_the_reply_deadline_is_read_by_the_clock():
    document = CASES["R22"][0][0]
    assert "R22" in codes(document)
    assert "R22" not in codes(document, now=datetime(2026, 3, 10, tzinfo=UTC))


def test_the_handbook_and_the_table_say_the_same_of_every_rule():
    handbook = (Path(__file__).parents[2] / "docs" / "sourcing.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (R\d+) \|.*\| ([^|]+) \|$", handbook, re.MULTILINE))
    assert {check.code: (check.level, check.is_waivable) for check in CHECKS} == {
        code: (words[0], "waivable" in words) for code, words in rows.items()
    }
