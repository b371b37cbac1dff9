"""The rules of `docs/sourcing.md` as one table, and the run through it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import on_claims, on_print, on_quotes, on_sources
from .subject import BLOCKS, INFORMS, OFF, WARNS, Facts, Problems, Subject


@dataclass(frozen=True)
class Finding:
    """One thing that is not in order.

    `target` names what mends it: a field ("headline"), or a record ("quote:12", "attribution:3", "image:5").
    `answered_by` is the kind of edition that answers it: then only publication as another kind is kept back.
    `is_waived` says that somebody answers for it by name; it is told, and keeps nothing back.
    """

    code: str
    level: str
    sentence: str
    target: str
    gates: tuple[str, ...] = ()
    answered_by: str = ""
    is_waivable: bool = False
    is_waived: bool = False

    @property
    def key(self) -> str:
        """What a waiver names: this problem in these words. Other words are another problem."""
        return f"{self.code}:{self.target}:{blake2s(self.sentence.encode(), digest_size=8).hexdigest()}"

    @property
    def blocks(self) -> bool:
        """Whether the story may not be published while it stands, as whatever kind of edition."""
        return self.level == BLOCKS and not self.answered_by and not self.is_waived

    def blocks_as(self, kind: str) -> bool:
        """Whether the story may not be published as this kind of edition while it stands."""
        return self.level == BLOCKS and not self.is_waived and (not self.answered_by or self.answered_by != kind)


def _in_force_elsewhere(subject: Subject) -> Problems:
    """R32 is a guard of the moves (`workflow.not_held`, `not_embargoed`): it keeps back print, not approval."""
    return iter(())


@dataclass(frozen=True)
class Check:
    """One row of the table: `test` yields a `Problem` for each thing it finds.

    Every check is asked at approval and publication; `gates` names the moves before those that it keeps back too. One
    that is `answered_by` a kind of edition is asked when that is chosen: at publication and at scheduling. One that
    `is_waivable` may be answered for by name. `is_fixed` are the levels that no newsroom may change: what holds the
    records together.
    """

    code: str
    level: str
    title: str
    test: Callable[[Subject], Problems]
    gates: tuple[str, ...] = ()
    answered_by: str = ""
    is_waivable: bool = False
    is_fixed: bool = False

    @property
    def handbook(self) -> str:
        """Where the handbook explains it: an anchor of `docs/sourcing.md` and of the public page."""
        return f"#{self.code.lower()}"


CHECKS: tuple[Check, ...] = (
    Check("R1", BLOCKS, _("Every quoted passage has a record"), on_quotes.passages_have_quotes),
    Check(
        *("R2", BLOCKS, _("Every quote still matches the body"), on_quotes.quotes_match_body, ("submit",)),
        is_fixed=True,
    ),
    Check("R3", BLOCKS, _("Every quote has a speaker"), on_quotes.quotes_have_speakers),
    Check("R4", BLOCKS, _("Every quote has a source, a way and a date"), on_quotes.quotes_have_provenance),
    Check("R5", BLOCKS, _("Every quote was checked by a person"), on_quotes.quotes_are_verified),
    Check("R6", BLOCKS, _("Nothing rests on what was off the record"), on_sources.nothing_off_the_record),
    Check("R7", BLOCKS, _("Deep background is not attributed"), on_sources.deep_background_is_not_attributed),
    Check("R8", BLOCKS, _("Background has a wording without a name"), on_sources.background_has_a_wording_without_name),
    Check("R9", BLOCKS, _("Anonymity has a reason"), on_sources.anonymity_has_a_reason),
    Check("R10", WARNS, _("Readers are told the reason"), on_sources.reason_stands_in_body),
    Check("R11", BLOCKS, _("An editor knows who it is"), on_sources.an_editor_knows),
    Check("R12", BLOCKS, _("Anonymity is approved"), on_sources.anonymity_is_approved),
    Check("R13", BLOCKS, _("No bare wording"), on_sources.wording_is_not_bare),
    Check("R14", BLOCKS, _("Plural wording is counted"), on_sources.plurals_are_counted),
    Check(
        *("R15", BLOCKS, _("Unnamed sources inform, they do not opine"), on_quotes.anonymous_quotes_inform),
        is_waivable=True,
    ),
    Check("R16", WARNS, _("The first quote is of somebody named"), on_quotes.first_quote_is_named),
    Check("R17", BLOCKS, _("How an unnamed source knows is stated"), on_sources.basis_of_knowledge_is_first_hand),
    Check(
        *("R18", BLOCKS, _("A serious claim has two sources"), on_claims.serious_claims_have_two_sources),
        is_waivable=True,
    ),
    Check("R19", WARNS, _("The desk knows what rests on one source"), on_claims.the_desk_knows_of_one_source),
    Check("R20", BLOCKS, _("Whom a serious claim is about was asked"), on_claims.the_accused_were_asked),
    Check("R21", BLOCKS, _("The reply stands in the story"), on_claims.the_reply_stands_in_the_body),
    Check("R22", WARNS, _("The time given to reply is over"), on_claims.the_deadline_has_passed),
    Check("R23", BLOCKS, _("Nobody declines and speaks unnamed"), on_claims.nobody_declines_and_speaks),
    Check("R24", BLOCKS, _("One source has one wording"), on_sources.one_identity_has_one_wording),
    Check("R25", WARNS, _("The wording fits how it was obtained"), on_quotes.wording_fits_how_obtained),
    Check("R26", BLOCKS, _("Words of others are credited"), on_quotes.borrowed_words_are_credited),
    Check("R27", WARNS, _("Translations and alterations are told and kept"), on_quotes.alterations_are_kept),
    Check("R28", WARNS, _("Speakers are introduced"), on_quotes.speakers_have_roles),
    Check("R29", BLOCKS, _("A story with an unnamed source has a byline"), on_sources.anonymity_has_a_byline),
    Check("R30", WARNS, _("All sides of a dispute are heard"), on_claims.all_sides_are_heard),
    Check(
        *("R31", BLOCKS, _("What readers were told is changed by a correction"), on_print.what_readers_know_stands),
        answered_by="correction",
    ),
    Check("R32", BLOCKS, _("No embargo is in force, no hold is open"), _in_force_elsewhere, is_fixed=True),
    Check("R33", BLOCKS, _("The furniture is complete"), on_print.furniture_is_complete, is_fixed=True),
)
BY_CODE = {check.code: check for check in CHECKS}


def level_of(check: Check, policy: dict[str, str]) -> str:
    """The level of a check in a newsroom with this policy (`NEWSROOM_POLICY`: code → B, W, I or - for off)."""
    return check.level if check.is_fixed else policy.get(check.code, check.level)


def run(document: dict[str, Any], facts: Facts) -> list[Finding]:
    """Every problem of the document, in the order of the table; one without any that blocks may go out."""
    subject = Subject(document, facts)
    found = []
    for check in CHECKS:
        level = level_of(check, facts.policy)
        if level == OFF:
            continue
        for problem in check.test(subject):
            # A milder word of the check's own stays milder, whatever the policy says of the rest.
            own = problem.level if problem.level and level == BLOCKS else level
            finding = Finding(
                *(check.code, own, str(problem.sentence), problem.target, check.gates, check.answered_by),
                is_waivable=check.is_waivable,
            )
            found.append(finding if finding.key not in facts.waived else _waived(finding, check))
    return found


def _waived(finding: Finding, check: Check) -> Finding:
    return Finding(**(vars(finding) | {"is_waived": check.is_waivable}))


def problems_of_policy(policy: object) -> list[str]:
    """What is wrong with a policy as written in the settings, a sentence each."""
    if not isinstance(policy, dict):
        return ['It is a table of codes and levels: {"R16": "B"}.']
    found = []
    for code, level in policy.items():
        if code not in BY_CODE:
            found.append(f"There is no rule {code}.")
        elif BY_CODE[code].is_fixed:
            found.append(f"{code} cannot be changed: the records would not hold together.")
        elif level not in (BLOCKS, WARNS, INFORMS, OFF):
            found.append(f"{code} is B (blocks), W (warns), I (informs) or - (off), not {level!r}.")
    return found
