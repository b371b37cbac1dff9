import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.gazetteer import Entry, Gazetteer, candidates, surname, world

WIRE = (pathlib.Path(__file__).parent / "data" / "wire_story.txt").read_text(encoding="utf-8")
MERIDIA = Entry("Meridia", "state", "meridia", ("MER",), ("Meridian",), "XM")
GUARD = Entry("Meridian National Guard", "armed_group", "guard", ("MNG",))
MOREN = Entry("Ilva Moren", "person", "ilva-moren")
HEALTH = Entry("public health", "topic", "public-health", ("vaccination",))


def named(text, *entries, **places):
    found = Gazetteer(entries).find(text, **places)
    return {item.entry.name: [text[start:end] for start, end in item.mentions] for item in found}


def new(text, *known):
    return {item.entry.name: item.entry for item in candidates(text, Gazetteer(known).find(text))}


def test_longest_name_wins_when_one_begins_another():
    assert named("The Meridian National Guard left Meridia.", MERIDIA, GUARD) == {
        "Meridian National Guard": ["Meridian National Guard"],
        "Meridia": ["Meridia"],
    }


def test_names_are_whole_words():
    assert named("Meridiana and Meridia-based crews", MERIDIA) == {"Meridia": ["Meridia"]}


@pytest.mark.parametrize("text", ["Meridia’s ports", "the Meridians", "a Meridian ship", "“Meridia”", "MERIDIA CALLS"])
def test_a_state_is_found_by_its_names_and_adjective(text):
    assert list(named(text, MERIDIA)) == ["Meridia"]


@pytest.mark.parametrize("text", ["a meridian line", "mer", "Mer", "the mng"])
def test_small_letters_are_no_name_when_the_name_is_short_or_an_adjective(text):
    assert named(text, MERIDIA, GUARD) == {}


def test_topics_are_found_in_any_case():
    assert named("Public health: Vaccination and public  health", HEALTH) == {
        "public health": ["Public health", "Vaccination", "public  health"]
    }


def test_surname_counts_after_the_full_name_only():
    text = "Moren waited. Ilva Moren spoke, and Moren’s aides left."
    assert named(text, MOREN) == {"Ilva Moren": ["Ilva Moren", "Moren"]}


def test_surname_is_nobody_when_two_share_it():
    text = "Ilva Moren met Otto Moren. Moren left."
    assert named(text, MOREN, Entry("Otto Moren", "person")) == {
        "Ilva Moren": ["Ilva Moren"],
        "Otto Moren": ["Otto Moren"],
    }


def test_a_place_is_not_found_inside_a_persons_name():
    assert named("It was Olin Meridia who called from New Meridia.", MERIDIA) == {}
    assert named("Talks in eastern Meridia. Then Meridia left.", MERIDIA) == {"Meridia": ["Meridia", "Meridia"]}


def test_shared_name_means_the_one_that_is_named_otherwise_too():
    north, south = (Entry(f"{side} Selm", "state", side, (), ("Selmish",)) for side in ("North", "South"))
    assert named("A Selmish ship", north, south) == {"North Selm": ["Selmish"]}
    assert named("A Selmish ship off South Selm", north, south) == {"South Selm": ["Selmish", "South Selm"]}


def test_headline_opening_and_further_mentions_score():
    text = "Meridia acts\nMeridia acted. Meridian ships.\nMeridia again."
    (item,) = Gazetteer([MERIDIA]).find(text, headline_end=12, opening_end=42)
    assert item.score == 3 + 2 + 1 + 1


def test_only_the_given_spans_are_looked_at():
    assert named("Meridia\nMeridia", MERIDIA, spans=[(8, 15)]) == {"Meridia": ["Meridia"]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the US and", "United States"), ("U.S. troops", "United States"), ("UK ports", "United Kingdom"),
        ("the UAE", "United Arab Emirates"), ("American ships", "United States"), ("Libyans", "Libya"),
        ("Russian data", "Russia"), ("British aid", "United Kingdom"), ("Saudi Arabia", "Saudi Arabia"),
        ("South Sudan", "South Sudan"), ("Polish ports", "Poland"), ("in Tripoli", "Tripoli"),
        ("Washington DC", "Washington"), ("Czech towns", "Czech Republic"), ("Côte d’Ivoire", "Ivory Coast"),
    ],
)  # fmt: skip
def test_the_world_is_built_in(text, name):
    assert list(named(text, *world())) == [name]


@pytest.mark.parametrize(
    "text", ["polish the table", "tell us", "a china cup", "turkey dinner", "New Mexico", "Nigeria’s"]
)
def test_the_world_is_not_seen_where_it_is_not(text):
    assert {"Poland", "United States", "China", "Turkey", "Mexico", "Niger"}.isdisjoint(named(text, *world()))


def test_states_have_codes_and_no_two_the_same():
    codes = [entry.code for entry in world() if entry.kind == "state"]
    assert len(codes) > 190
    assert all(len(code) == 2 for code in codes)
    assert len(set(codes)) == len(codes)


def test_no_adjective_of_the_world_means_two_states_unless_it_does():
    owners = {}
    for entry in (entry for entry in world() if entry.kind == "state"):
        for name in entry.adjectives:
            owners.setdefault(name, set()).add(entry.name)
    assert {name for name, names in owners.items() if len(names) > 1} <= {"Congolese", "Dominican"}


def test_full_name_with_abbreviation_is_a_candidate_without_its_owner():
    found = new("Draskovel’s Meridian National Guard (MNG) left. The MNG came back.")
    assert found["Meridian National Guard"].aliases == ("MNG",)
    assert found["Meridian National Guard"].kind == "armed_group"
    assert "MNG" not in found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They met President Ilva Moren.", "Ilva Moren", "person"),
        ("Field Marshal Tarek Draskovel spoke.", "Tarek Draskovel", "person"),
        ("the commander Tarek Draskovel spoke", "Tarek Draskovel", "person"),
        ("an aide to Gov. Oren Tesk left", "Oren Tesk", "person"),
        ("the Ministry of Trade left", "Ministry of Trade", "body"),
        ("the Ostravan Foreign Ministry said", "Ostravan Foreign Ministry", "body"),
        ("ships off Port Sel waited", "Port Sel", "place"),
        ("the Corda Republic left", "Corda Republic", "state"),
        ("the Selm River rose", "Selm River", "place"),
        ("a study by Lindenburg University found", "Lindenburg University", "organisation"),
    ],
)
def test_kind_of_a_candidate_is_guessed_from_titles_and_nouns(text, name, kind):
    assert {name: entry.kind for name, entry in new(text).items()} == {name: kind}


def test_one_person_is_one_candidate_with_title_and_surname():
    text = "President Ilva Moren spoke. Later President Moren left. Aides said Moren was ill. Moren’s office denied it."
    (item,) = candidates(text)
    assert [text[start:end] for start, end in item.mentions] == ["Ilva Moren", "Moren", "Moren", "Moren"]


def test_words_that_open_sentences_are_no_names():
    assert (
        new("Both left. While it rained, Critics waited. On Monday Ships came. In May They left. However, He stayed.")
        == {}
    )


def test_a_word_that_also_stands_small_is_no_name_where_it_opens_a_sentence():
    assert new("They’re late. “They’re here,” she said; they’re not.") == {}
    assert set(new("Draskovel left. Draskovel came; see archive-draskovel.")) == {"Draskovel"}


def test_known_actors_are_no_candidates():
    assert new("President Ilva Moren met the Meridian National Guard. Moren left Meridia.", MERIDIA, GUARD, MOREN) == {}


def test_actors_of_a_wire_story_are_found_with_little_noise():
    end = WIRE.index("\n")
    found = {item.entry.name: item.entry.kind for item in candidates(WIRE, headline_end=end)}
    assert found == {
        "Ostrava": "state",
        "Meridia": "state",
        "Vostia": "state",
        "United Coastal Emirates": "state",
        "Port Sel": "place",
        "Lindenburg": "place",
        "Tarek Draskovel": "person",
        "Anton Belisar": "person",
        "Ilva Moren": "person",
        "Meridian National Guard": "armed_group",
        "Ostravan Foreign Ministry": "body",
        "Maple Palace": "body",
        "Government of National Concord": "body",
    }


@pytest.mark.parametrize(
    ("name", "last"),
    [("Ilva Moren", "Moren"), ("Oren van Tesk", "van Tesk"), ("Oren Tesk Jr.", "Tesk"), ("Moren", "")],
)
def test_surname_keeps_its_particle(name, last):
    assert surname(name) == last


@given(
    st.text()
    | st.lists(st.sampled_from(["Ilva Moren", "Moren", "Port", "of", "the", "’s", "(MNG)", ". ", "\n", "-"])).map(
        " ".join
    )
)
def test_mentions_are_inside_any_text_and_apart(text):
    known = Gazetteer([MERIDIA, GUARD, MOREN, HEALTH]).find(text)
    for item in [*known, *candidates(text, known)]:
        assert item.mentions == sorted(set(item.mentions))
        assert item.score >= len(item.mentions) > 0
        assert all(0 <= start < end <= len(text) for start, end in item.mentions)
