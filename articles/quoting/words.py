"""The words that rules look for: reporting verbs, nouns of people and documents, and words that end a name."""

import re


def forms(words: str) -> frozenset[str]:
    return frozenset(words.split())


SAYING = forms(
    """
    said says say saying told tells tell telling added adds adding asked asks asking wrote writes writing noted notes
    noting explained explains explaining stated states stating announced announces announcing insisted insists
    insisting acknowledged acknowledges acknowledging admitted admits admitting replied replies replying responded
    responds responding tweeted tweets tweeting declared declares declaring concluded concludes continued continues
    recalled recalls remarked remarks observed observes complained complains joked jokes quipped exclaimed vowed vows
    vowing pledged pledges pledging promised promises testified testifies contended contends maintained maintains
    asserted asserts asserting alleged alleges alleging conceded concedes countered counters cautioned cautions
    emphasized emphasised emphasizes emphasises stressed stresses stressing reiterated reiterates repeated
    warned warns warning argued argues arguing claimed claims claiming suggested suggests suggesting confirmed confirms
    predicted predicts lamented laments boasted boasts bragged opined mused commented comments shouted yelled cried
    whispered quoted urged urges estimated estimates posted answered interjected retorted chimed volunteered
    disclosed discloses proclaimed proclaims professed confessed swore believed believes
    """
)
"""Finite and participle forms that report speech; about 150."""

LOOSE = forms(
    """
    reported reports revealed reveals demanded demands accused accuses criticized criticised criticizes criticises
    called calls described describes blamed blames blasted praised mocked slammed hailed denounced condemned
    dismissed dismisses denied denies rejected rejects went thought thinks read reads began begins agreed agrees
    decried ripped attacked questioned wondered wonders
    """
)
"""Verbs that report speech beside a quotation mark and often something else elsewhere."""

DENYING = forms("denied denies deny denying rejected rejects dismissed dismisses disputed disputes refuted refutes")
THINKING = forms(
    """
    believe believes believed think thinks thought expect expects expected fear fears feared hope hopes hoped
    suspect suspects suspected
    """
)
SHOWING = forms(
    """
    showed shows show shown found finds suggested suggests suggest indicated indicates indicate revealed reveals reveal
    """
)

INVERTED = SAYING - forms("told tells tell telling saying claiming arguing believed believes")

PRONOUNS = forms("he she they it i we you who one")
PERSONAL = forms("he she they")
DETERMINERS = forms(
    """
    the a an this that these those some many several most other another both all two three four five six seven eight
    nine ten dozens hundreds thousands few his her their its our my your one each every any no
    """
)
UNNAMED = forms(
    """
    activists advisers advisors aides allies analysts associates authorities campaigners colleagues commanders critics
    delegates democrats diplomats donors economists employees envoys executives experts families friends fighters
    forecasters insiders inspectors investigators investors journalists lawmakers lawyers leaders lobbyists
    mediators ministers neighbours neighbors observers officers officials operatives opponents people pollsters
    prosecutors protesters reformers relatives reporters representatives republicans researchers residents
    scientists senators soldiers sources spokespeople staffers strategists students supporters survivors teachers
    traders troops unions veterans victims villagers volunteers voters witnesses workers
    """
)
"""Plural nouns by which copy names people without naming them."""

ROLES = forms(
    """
    activist adviser advisor aide ally ambassador analyst author attorney author billionaire businessman candidate
    chairman chairwoman chief clerk coach colonel columnist commander commissioner congressman congresswoman
    correspondent counsel critic delegate democrat deputy diplomat director doctor donor economist editor envoy
    executive expert farmer father frontrunner general governor head historian host insider inspector investigator
    journalist judge justice king lawmaker lawyer lawyers leader lieutenant lobbyist major manager mayor mediator
    member minister mogul monitor mother negotiator neighbour neighbor nominee observer officer official operative
    opponent owner player police politician pollster pope president prime premier prince princess professor prosecutor
    queen rebel reporter representative republican researcher rival scientist secretary senator sergeant sheriff
    singer soldier source speaker spokesman spokesperson spokeswoman staffer star strategist student supporter
    survivor teacher treasurer veteran vice victim villager volunteer voter warlord wife husband son daughter brother
    sister witness woman man worker writer campaign administration government ministry department spokespersons
    """
)
PEOPLE = UNNAMED | ROLES
DOCUMENTS = forms(
    """
    statement statements letter letters memo memos email emails e-mail release communique communiqué post tweet
    message note
    """
)
"""What somebody issues: it speaks for its issuer."""
EVIDENCE = forms(
    """
    data documents document records record figures figure poll polls study studies survey surveys report reports
    results analysis review images image footage statistics research filings filing evidence census numbers emails
    video audit findings memo exit
    """
)
"""What shows something."""

LINKS = forms("of for and &")
PLACE_LINKS = forms("in at from with on to familiar close near inside")
AUXILIARIES = forms(
    """
    had has have having also later then would will could may might did does do do not never once again first still
    just since already even now often been be is was were are only previously repeatedly both himself herself
    themselves himself can should reportedly further soon who which
    """
)
ENDS = forms(
    """
    that but when as while because if what where then so is was were are be been by about after before during until
    than or not how why there here into through over under against since though although despite amid yet nor have has
    had who which whose whom will would could should may might must can did does do out up down off according and
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december yesterday today tomorrow last next earlier later meanwhile however still
    indeed instead moreover also perhaps even just once again now finally
    """
)
"""Words that cannot stand inside the name of a speaker."""
TAKING = forms("took take takes saw see sees read reads viewed interpreted")
"""Verbs of "took as a sign"."""
TIMES = forms(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december yesterday today tonight last earlier later recently
    """
)


NOT_IN_SUBJECT = ENDS | PLACE_LINKS | TIMES | SAYING


def pattern(*sets: frozenset[str]) -> re.Pattern:
    """One expression for any word of `sets`, longest first."""
    words = sorted(frozenset().union(*sets), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


REPORTING = SAYING | LOOSE
REPORTS = pattern(REPORTING)
