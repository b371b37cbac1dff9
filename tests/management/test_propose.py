import json
import pathlib

import pytest
from django.core.management import call_command

from articles.models import Actor, ActorAlias, Topic, TopicAlias
from articles.proposals import compose

WIRE = pathlib.Path(__file__).parent.parent / "data" / "wire_story.txt"
pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary():
    moren = Actor.objects.create(name="Ilva Moren", kind="person")
    guard = Actor.objects.create(name="National Guard of Meridia", kind="armed_group")
    ActorAlias.objects.create(actor=guard, name="MNG", kind="abbreviation")
    shipping = Topic.objects.create(name="Shipping")
    TopicAlias.objects.create(topic=shipping, name="blockade")
    return moren, guard, shipping


def proposed(capsys, *files):
    call_command("propose", *map(str, files), "--json")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_json_object_a_line_is_printed_for_each_file(capsys, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("A headline\n\n“All is well here,” Ilva Moren said.", encoding="utf-16")
    first, second = proposed(capsys, WIRE, other)
    assert first["file"] == str(WIRE)
    assert first["headline"] == "Ostrava wants Draskovel to lift Port Sel blockade"
    assert first["share_count"] == 214
    assert (first["dateline"], first["standfirst"]) == ("", "")
    assert second["quotes"][0]["speaker"]["text"] == "Ilva Moren"


def test_offsets_are_characters_of_the_file(capsys):
    text = WIRE.read_bytes().decode()
    (found,) = proposed(capsys, WIRE)
    for quote in found["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["text"]
        for part in ("speaker", "source", "cue", "antecedent"):
            span = quote[part]
            assert span is None or text[span["start"] : span["end"]] == span["text"]
    assert {text[start:end] for actor in found["actors"] for start, end in actor["mentions"]} >= {"Port Sel", "MNG"}


def test_known_actors_and_topics_have_their_slug(capsys, vocabulary):
    (found,) = proposed(capsys, WIRE)
    slugs = {actor["name"]: actor["slug"] for actor in found["actors"]}
    assert slugs["Ilva Moren"] == "ilva-moren"
    assert slugs["National Guard of Meridia"] == "national-guard-of-meridia"
    assert slugs["Port Sel"] is None
    assert [(topic["name"], topic["kind"], topic["slug"]) for topic in found["topics"]] == [
        ("Shipping", "topic", "shipping")
    ]


def test_error_names_the_file_and_the_others_are_done_when_one_cannot_be_read(capsys, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(SystemExit) as stopped:
        call_command("propose", str(empty), str(tmp_path / "missing.txt"), str(WIRE), "--json")
    printed = capsys.readouterr()
    assert stopped.value.code == 1
    assert len(printed.out.splitlines()) == 1
    assert f"{empty}: the file is empty." in printed.err
    assert f"{tmp_path / 'missing.txt'}: No such file" in printed.err


def test_a_table_for_people_is_printed_without_json(capsys):
    call_command("propose", str(WIRE))
    printed = capsys.readouterr().out
    assert "shares: 214" in printed
    assert "Tarek Draskovel" in printed


def test_vocabulary_costs_the_same_however_many_names_it_has(vocabulary, django_assert_num_queries):
    for number in range(20):
        ActorAlias.objects.create(actor=Actor.objects.create(name=f"Actor {number}"), name=f"Other {number}")
    with django_assert_num_queries(5):
        compose.vocabulary()


def test_built_in_state_gives_way_when_it_has_a_record(capsys):
    call_command("load_vocabulary")
    capsys.readouterr()
    found = compose.propose("Ships left for the U.S. and American ports. Libyans waited.", compose.vocabulary())
    assert [(actor["name"], actor["slug"]) for actor in found["actors"]] == [
        ("United States", "united-states"),
        ("Libya", "libya"),
    ]


def test_built_in_state_brings_its_code_and_names_when_it_has_no_record():
    (actor,) = compose.propose("Ships left for Libya.", compose.vocabulary())["actors"]
    assert (actor["slug"], actor["code"]) == (None, "LY")
    assert {"name": "Libyan", "kind": "demonym"} in actor["aliases"]


def test_states_are_loaded_once(capsys):
    call_command("load_vocabulary")
    counts = Actor.objects.count(), ActorAlias.objects.count()
    call_command("load_vocabulary")
    assert (Actor.objects.count(), ActorAlias.objects.count()) == counts
    assert "0 actors and 0 other names added" in capsys.readouterr().out
    libya = Actor.objects.get(code="LY")
    assert (libya.kind, libya.slug) == ("state", "libya")
    assert libya.aliases.filter(name="Libyan", kind="demonym").exists()


def test_states_that_people_made_are_kept(capsys):
    mine = Actor.objects.create(name="Libya", kind="state", description="Ours.")
    named = Actor.objects.create(name="The States", kind="state", code="US")
    call_command("load_vocabulary")
    mine.refresh_from_db()
    assert (mine.code, mine.description) == ("LY", "Ours.")
    assert list(Actor.objects.filter(code="US")) == [named]
    assert named.aliases.filter(name="American").exists()
