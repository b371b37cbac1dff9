"""Two states of copy compared, three merged: what is shown, what is taken, and that nothing typed is lost."""

import re
from collections import Counter
from copy import deepcopy
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import markup
from articles.comparing import compare, merge, resolve, words_changed
from articles.comparing.sequences import Work, hunks, pairs
from articles.comparing.words import runs, split

ILSE = {"id": 1, "name": "Ilse Maran", "slug": "ilse-maran", "kind": "person"}
PORT = {"id": 2, "name": "Port authority", "slug": "port-authority", "kind": "organisation"}
GATE = {"id": 5, "alt": "A closed gate", "caption": "The gate.", "credit": "The Record"}
CRANE = {"id": 6, "alt": "A crane", "caption": "", "credit": "The Record"}
ANNA = {"contributor": 1, "name": "Anna Reet", "slug": "anna-reet", "role": "by"}
BEN = {"contributor": 2, "name": "Ben Okar", "slug": "ben-okar", "role": "by"}
SOURCE = {"id": 8, "kind": "person", "is_confidential": False, "label": "Harbour office", "url": "", "actor": None}
SEALED = {"id": 9, "kind": "person", "is_confidential": True, "label": "", "url": "", "actor": None}
ATTRIBUTION = {
    "id": 3,
    "wording": "the harbour office",
    "basis": "on_record",
    "head_count": None,
    "anonymity_reason": "",
    "anonymity_wording": "",
    "basis_of_knowledge": "",
    "is_anonymous": False,
    "source": SOURCE,
}
QUOTE = {
    "id": 4,
    "kind": "direct",
    "text": "We will not reopen it",
    "prefix": "day. “",
    "suffix": ",” she",
    "speaker": ILSE,
    "speaker_mention": "",
    "speaker_unknown_because": "",
    "role": "harbour master",
    "attribution": 3,
    "obtained_via": "phone",
    "said_on": None,
    "is_undated": False,
    "original_text": "",
    "original_language": "",
    "verification": "unverified",
    "verification_method": "",
    "verified_at": None,
    "verified_by": None,
    "responds_to": None,
}


def document(**fields):
    """A document as a revision holds it."""
    values = {
        "schema": 1,
        "headline": "Port Selm stays closed for a third day",
        "standfirst": "The channel has to be swept first.",
        "kicker": "Shipping",
        "slug": "port-selm-closed",
        "language": "en",
        "dateline": "PORT SELM",
        "body": "<p>The harbour stayed closed on Monday for a third day.</p>"
        "<p>“We will not reopen it,” the harbour master said.</p><p>Ships waited off the breakwater.</p>",
        "genre": "news",
        "slugline": "SELM-HARBOUR",
        "desk": {"id": 1, "name": "World", "slug": "world"},
        "lead_image": GATE,
        "images": [GATE],
        "bylines": [ANNA],
        "actors": [ILSE],
        "topics": [{"id": 1, "name": "Shipping", "slug": "shipping"}],
        "attributions": [ATTRIBUTION],
        "quotes": [QUOTE],
    }
    return deepcopy(values | fields)


def shown(block):
    """A block in one line: what is gone in brackets, what is new in braces, other marks after a star."""
    signs = {"same": "{}", "gone": "[{}]", "new": "{{{}}}", "marked": "*{}"}
    return "".join(run.gap + signs[run.kind].format(run.words) for run in block.runs)


def part(comparison, name):
    """The changes of one list, as (kind, name)."""
    found = next((part for part in comparison.parts if part.name == name), None)
    return [(record.kind, record.name) for record in found.records] if found else []


# --- sequences and words


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_pairs_are_equal_and_rise_and_hunks_are_the_rest(old, new):
    found = pairs(old, new, Work.on(80))
    assert all(old[i] == new[j] for i, j in found)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(found))
    between = hunks(found, len(old), len(new))
    assert sum(hunk.old_end - hunk.old for hunk in between) == len(old) - len(found)
    assert sum(hunk.new_end - hunk.new for hunk in between) == len(new) - len(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ships’ 1,200 crew, she said", [" Ships", "’", " 1,200", " crew", ",", " she", " said"]),
        ("the harbour-master’s job", [" the", " harbour-master’s", " job"]),
        ("港が閉鎖", [" 港", "が", "閉", "鎖"]),
        ("हिन्दी में", [" हिन्दी", " में"]),
        ("two  \n", [" two", "  \n"]),
        ("", []),
    ],
)
def test_words_are_told_apart_in_any_script(text, words):
    assert split(text) == words


@given(st.text(max_size=200))
def test_words_put_together_are_the_text(text):
    assert "".join(split(text)).removeprefix(" ") == text


@given(st.lists(st.sampled_from(["a", "the", "port", "harbour", "closed", ",", "."])), st.data())
def test_runs_hold_both_texts(words, data):
    old, new = " ".join(words), " ".join(data.draw(st.permutations(words))[: data.draw(st.integers(0, 9))])
    row = runs(old, new, Work.on(99))
    assert "".join(run.text for run in row if run.kind != "new").removeprefix(" ") == old
    assert "".join(run.text for run in row if run.kind != "gone").removeprefix(" ") == new


# --- compare


def test_words_of_headline_and_body_are_shown_where_they_changed():
    new = document(headline="Port Selm stays shut for a fourth day")
    new["body"] = new["body"].replace("Monday", "Tuesday")
    comparison = compare(document(), new)
    [headline] = comparison.fields
    assert shown(headline) == "Port Selm stays [closed] {shut} for a [third] {fourth} day"
    assert [shown(block) for block in comparison.body if block.kind == "changed"] == [
        "The harbour stayed closed on [Monday] {Tuesday} for a third day."
    ]
    assert (comparison.words_new, comparison.words_gone) == (3, 3)


def test_a_rewritten_passage_is_one_change_and_not_a_patchwork():
    [run, *rest] = runs(
        "nobody believed the minister yesterday", "reporters questioned the spokesman today", Work.on(9)
    )
    assert (run.kind, [each.kind for each in rest]) == ("gone", ["new"])


def test_blocks_that_come_go_move_and_turn_into_headings_are_told():
    stay = "<p>Nothing changes here.</p>"
    one, three, four = "<p>One stays here.</p>", "<p>Three will be a heading.</p>", "<p>Four moves up to the top.</p>"
    old = f"{stay}{one}<p>Two goes away.</p>{three}{four}"
    new = f"{four}{stay}{one}{three.replace('p>', 'h2>')}<ul><li>Five</li></ul>"
    blocks = compare(document(body=old), document(body=new)).body
    assert [(block.kind, str(block.style), str(block.old_style), block.is_moved) for block in blocks] == [
        ("new", "paragraph", "", True),
        ("same", "paragraph", "", False),
        ("same", "paragraph", "", False),
        ("gone", "paragraph", "", False),
        ("changed", "heading", "paragraph", False),
        ("gone", "paragraph", "", True),
        ("new", "list item", "", False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "added", "removed"),
    [
        ("a word here", "a <strong>word</strong> here", ["bold"], []),
        ("an <em>unbelievable</em> word", "an un<em>believ</em>able word", [], []),
        ("an un<em>believ</em>able word", "an unbelievable word", [], ["italic"]),
        (
            'see <a href="https://example.org/a">this</a>',
            'see <a href="https://example.org/b">this</a>',
            ["link to https://example.org/b"],
            ["link to https://example.org/a"],
        ),
        ("“scare”", '“<span data-not-speech="scare">scare</span>”', ["not speech: scare quotes"], []),
    ],
)
def test_marks_over_the_same_words_are_told(old, new, added, removed):
    body = [markup.sanitise(f"<p>{html}</p>") for html in (old, new)]
    comparison = compare(document(body=body[0]), document(body=body[1]))
    marked = [run for block in comparison.body for run in block.runs if run.kind == "marked"]
    assert [str(mark) for run in marked for mark in run.added] == added
    assert [str(mark) for run in marked for mark in run.removed] == removed
    assert not comparison.is_empty


def test_markup_without_words_is_told_too():
    old, new = document(), document()
    new["body"] += "<p></p>"
    comparison = compare(old, new)
    assert (comparison.has_other_markup, comparison.is_empty, comparison.body) == (True, False, ())


def test_pictures_in_the_text_come_and_go():
    figure = '<figure data-image="5"><figcaption>The gate.</figcaption></figure>'
    new = document()
    new["body"] += figure
    assert [(block.kind, block.image) for block in compare(document(), new).body][-1] == ("new", 5)
    other = document(body=new["body"].replace("The gate.", "The old gate."))
    last = compare(new, other).body[-1]
    assert (last.kind, last.image, shown(last)) == ("changed", 5, "The {old} gate.")


def test_lists_tell_what_was_added_removed_and_put_in_another_order():
    new = document(actors=[PORT], images=[CRANE, GATE], bylines=[BEN, ANNA], lead_image=None)
    comparison = compare(document(bylines=[ANNA, BEN]), new)
    assert part(comparison, "actors") == [("removed", "Ilse Maran"), ("added", "Port authority")]
    assert part(comparison, "images") == [("added", "A crane")]
    assert part(comparison, "lead_image") == [("removed", "A closed gate")]
    [bylines] = [each for each in comparison.parts if each.name == "bylines"]
    assert (bylines.records, bylines.order) == ((), ("Ben Okar", "Anna Reet"))


def test_quotes_and_attributions_are_compared_field_by_field():
    new = document(
        quotes=[
            QUOTE | {"text": "We will never reopen it", "obtained_via": "email", "prefix": "x", "attribution": None}
        ],
        attributions=[ATTRIBUTION | {"basis": "background"}],
    )
    comparison = compare(document(), new)
    fields = {
        (part.name, field.name): (shown(field) if field.runs else (field.old, field.new))
        for part in comparison.parts
        for record in part.records
        for field in record.fields
    }
    assert fields == {
        ("attributions", "basis"): ("on_record", "background"),
        ("quotes", "text"): "We will [not] {never} reopen it",
        ("quotes", "obtained_via"): ("phone", "email"),
        ("quotes", "attribution"): ("the harbour office", None),
    }


def test_a_confidential_source_is_told_without_a_name():
    new = document(attributions=[ATTRIBUTION | {"source": SEALED | {"label": "must not be shown"}}])
    [change] = compare(document(), new).parts[0].records
    assert [(field.old, field.new) for field in change.fields] == [("Harbour office", "a confidential source")]


def test_anchors_alone_are_no_difference():
    assert compare(document(), document(quotes=[QUOTE | {"prefix": "other"}])).is_empty


def test_long_stretches_that_are_the_same_are_told_apart():
    same = "".join(f"<p>Paragraph {number} of many.</p>" for number in range(5))
    comparison = compare(document(body=f"{same}<p>Old.</p><p>End.</p>"), document(body=f"{same}<p>New.</p><p>End.</p>"))
    assert [(passage.is_same, passage.is_long, len(passage.blocks)) for passage in comparison.passages] == [
        (True, True, 5),
        (False, False, 2),
        (True, False, 1),
    ]


def test_words_that_came_and_went_are_counted_wherever_they_stand():
    new = document(headline="Port Selm opens", body="<p>Ships waited off the breakwater.</p><p>Two words.</p>")
    old = document(body="<p>Two ships.</p><p>Ships waited off the breakwater.</p>")
    assert words_changed(old, new) == (2, 7)
    assert words_changed(old, old) == (0, 0)


# --- cost


def copy_of(words, size=60):
    """A body of paragraphs of so many words."""
    return "".join(f"<p>{' '.join(words[at : at + size])}.</p>" for at in range(0, len(words), size))


def cost(old, new):
    """Steps taken to compare two bodies."""
    work = Work(10**9)
    compare({"body": old}, {"body": new}, work)
    return work.spent


def scattered(words):
    """Every fortieth word another."""
    return [f"other{at}" if at % 40 == 0 else word for at, word in enumerate(words)]


@pytest.mark.parametrize("size", [60, 1, 10**6])
def test_comparing_scattered_changes_costs_in_proportion_to_the_length(size):
    long = ["the" if at % 3 == 0 else f"word{at * at % 50_021}" for at in range(24_000)]
    short = long[:6000]
    small = cost(copy_of(short, size), copy_of(scattered(short), size))
    assert cost(copy_of(long, size), copy_of(scattered(long), size)) < 6 * small


def test_comparing_stops_at_the_work_it_is_given_whatever_the_copy_holds():
    for size in (60, 1, 10**6):
        old = copy_of([("a", "b", "c")[at * at % 7 % 3] for at in range(9000)], size)
        new = copy_of([("a", "b", "c")[at * at % 11 % 3] for at in range(9000)], size)
        work = Work(100_000)
        comparison = compare({"body": old}, {"body": new}, work)
        assert 90_000 < work.spent < 100_000 + 6 * (9000 + 9000 + 2)  # and what reading both costs
        assert not comparison.is_empty


def test_deep_nesting_is_compared_and_merged():
    deep = [markup.sanitise("<blockquote>" * 2000 + f"<p>{word}</p>") for word in ("one", "two", "three")]
    assert not compare({"body": deep[0]}, {"body": deep[1]}).is_empty
    assert merge({"body": deep[0]}, {"body": deep[1]}, {"body": deep[2]}).conflicts


# --- merge


def merged_body(base, mine, theirs):
    """The body merged, and how often somebody has to choose."""
    merged = merge(document(body=base), document(body=mine), document(body=theirs))
    return merged.document["body"], len(merged.conflicts)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("<p>A B C D E F</p><p>x y z</p>", "<p>a b c d e f</p><p>X y z</p>", "<p>A B C D E F</p><p>X y z</p>"),
        ("<p>a B c d e f</p><p>x y z</p>", "<p>a b c d E f</p><p>x y z</p>", "<p>a B c d E f</p><p>x y z</p>"),
        ("<p>a b c d e f</p><p>x y z</p><p>new</p>", "<p>x y z</p>", "<p>x y z</p><p>new</p>"),
        ("<p>new</p><p>a b c d e f</p><p>x y z</p>", "<p>x y z</p>", "<p>new</p><p>x y z</p>"),
        (
            "<h2>a b c d e f</h2><p>x y z</p>",
            "<p>a b c d e F</p><p>x y z</p>",
            "<h2>a b c d e F</h2><p>x y z</p>",
        ),
        (
            "<p>a <strong>b</strong> c d e f</p><p>x y z</p>",
            "<p>a b c d e f g</p><p>x y z</p>",
            "<p>a <strong>b</strong> c d e f g</p><p>x y z</p>",
        ),
    ],
)
def test_changes_that_do_not_meet_are_both_taken(mine, theirs, expected):
    base = "<p>a b c d e f</p><p>x y z</p>"
    assert merged_body(base, mine, theirs) == (expected, 0)
    assert merged_body(base, theirs, mine) == (expected, 0)


def test_lists_are_merged_item_by_item():
    base = "<ul><li>one apple</li><li>two pears</li></ul>"
    mine = "<ul><li>one red apple</li><li>two pears</li></ul>"
    theirs = "<ul><li>one apple</li><li>two pears</li><li>three plums</li></ul>"
    assert merged_body(base, mine, theirs) == (
        "<ul><li>one red apple</li><li>two pears</li><li>three plums</li></ul>",
        0,
    )


def test_where_both_changed_the_same_words_mine_stands_and_the_rest_of_both_is_taken():
    base = document(body="<p>The harbour stayed closed on Monday for a third day.</p>")
    mine = document(body="<p>The harbour stayed shut on Monday for a fourth day.</p>")
    theirs = document(body="<p>The old harbour stayed open on Monday for a third day.</p>")
    merged = merge(base, mine, theirs)
    [conflict] = merged.conflicts
    kept = "<p>The old harbour stayed {} on Monday for a fourth day.</p>"
    assert merged.document["body"] == kept.format("shut") == conflict.mine
    assert conflict.theirs == kept.format("open")
    assert (conflict.base, conflict.place, conflict.can_be_both) == (base["body"], 0, True)
    assert resolve(merged, {})["body"] == conflict.mine
    assert resolve(merged, {1: "theirs"})["body"] == conflict.theirs
    assert resolve(merged, {1: "both"})["body"] == conflict.mine + conflict.theirs
    with pytest.raises(ValueError, match="cannot be settled"):
        resolve(merged, {1: "neither"})


def test_marks_that_cross_are_a_conflict_and_never_broken_markup():
    base = "<p>a b c d</p>"
    mine = "<p><strong>a b</strong> c d</p>"
    theirs = "<p>a <em>b c</em> d</p>"
    body, conflicts = merged_body(base, mine, theirs)
    assert conflicts == 1
    assert body == markup.sanitise(body) == mine


def test_a_paragraph_removed_by_one_and_changed_by_the_other_is_a_conflict():
    base = "<p>one two three</p><p>four five six</p>"
    merged = merge(document(body=base), document(body="<p>one two three</p>"), document(body=base.replace("six", "6")))
    [conflict] = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("<p>four five six</p>", "", "<p>four five 6</p>")
    assert resolve(merged, {1: "both"})["body"] == base.replace("six", "6")


def test_headline_is_merged_by_words_and_an_address_is_not():
    mine = document(headline="Port Selm stays shut for a third day", slug="mine")
    theirs = document(headline="Port Selm stays closed for a fourth day", slug="theirs")
    merged = merge(document(), mine, theirs)
    assert merged.document["headline"] == "Port Selm stays shut for a fourth day"
    assert [(each.field, each.mine, each.theirs, each.can_be_both) for each in merged.conflicts] == [
        ("slug", "mine", "theirs", False)
    ]
    assert resolve(merged, {1: "theirs"})["slug"] == "theirs"


def test_tags_bylines_and_pictures_of_both_are_taken_and_what_either_took_out_is_gone():
    base = document(bylines=[ANNA, BEN], images=[GATE, CRANE])
    mine = document(bylines=[BEN, ANNA], images=[CRANE], actors=[ILSE, PORT])
    third = {"contributor": 3, "name": "Cleo Vint", "slug": "cleo-vint", "role": "photographs"}
    theirs = document(bylines=[ANNA, BEN, third], images=[GATE, CRANE], actors=[], lead_image=None)
    merged = merge(base, mine, theirs)
    assert not merged.conflicts
    assert merged.document["bylines"] == [BEN, third, ANNA]
    assert merged.document["images"] == [CRANE]
    assert merged.document["actors"] == [PORT]
    assert merged.document["lead_image"] is None


def test_fields_of_a_quote_are_taken_from_both_and_conflict_where_they_meet():
    mine = document(quotes=[QUOTE | {"role": "master of the harbour", "said_on": "2031-05-05", "prefix": "m"}])
    theirs = document(quotes=[QUOTE | {"role": "harbour chief", "obtained_via": "email", "prefix": "t"}])
    merged = merge(document(), mine, theirs)
    [conflict] = merged.conflicts
    assert (conflict.field, conflict.place, conflict.mine, conflict.theirs) == (
        "quotes",
        4,
        "master of the harbour",
        "harbour chief",
    )
    [quote] = merged.document["quotes"]
    assert (quote["role"], quote["said_on"], quote["obtained_via"]) == ("master of the harbour", "2031-05-05", "email")
    assert resolve(merged, {1: "theirs"})["quotes"][0]["role"] == "harbour chief"


def test_a_day_and_undated_never_come_together():
    mine = document(quotes=[QUOTE | {"said_on": "2031-05-05"}])
    theirs = document(quotes=[QUOTE | {"is_undated": True}])
    merged = merge(document(), mine, theirs)
    for choice in ("mine", "theirs"):
        [quote] = resolve(merged, {1: choice})["quotes"]
        assert not (quote["said_on"] and quote["is_undated"])


def test_a_quote_removed_by_one_and_changed_by_the_other_is_a_conflict():
    merged = merge(document(), document(quotes=[]), document(quotes=[QUOTE | {"role": "harbour chief"}]))
    [conflict] = merged.conflicts
    assert (conflict.mine, "Ilse Maran" in conflict.theirs) == ("", True)
    assert merged.document["quotes"] == []
    assert resolve(merged, {1: "theirs"})["quotes"] == [QUOTE | {"role": "harbour chief"}]
    assert merge(document(), document(quotes=[]), document(quotes=[QUOTE | {"prefix": "x"}])).conflicts == ()


def test_a_source_that_a_new_quote_needs_is_not_lost():
    other = QUOTE | {"id": 11, "text": "Not before Friday"}
    merged = merge(
        document(), document(quotes=[QUOTE | {"attribution": None}], attributions=[]), document(quotes=[QUOTE, other])
    )
    assert [quote["attribution"] for quote in merged.document["quotes"]] == [None, 3]
    assert merged.document["attributions"] == [ATTRIBUTION]


def test_who_is_unnamed_follows_the_terms_that_were_merged():
    mine = document(attributions=[ATTRIBUTION | {"basis": "background", "is_anonymous": True}])
    theirs = document(attributions=[ATTRIBUTION | {"wording": "an official"}])
    [attribution] = merge(document(), mine, theirs).document["attributions"]
    assert (attribution["basis"], attribution["wording"], attribution["is_anonymous"]) == (
        "background",
        "an official",
        True,
    )


# --- laws

SOME = ["the", "port", "harbour", "closed", "open", "ship", "on", "Monday", ",", "—", "said"]
WORDS = st.lists(st.sampled_from(SOME), min_size=1, max_size=8)
INLINE = st.builds(
    lambda tag, words: f"<{tag}>{' '.join(words)}</{tag}>" if tag else " ".join(words),
    st.sampled_from(["", "", "strong", "em"]),
    WORDS,
)
TEXT = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)
BLOCK = st.one_of(
    st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["p", "p", "h2"]), TEXT),
    st.lists(TEXT, min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    ),
    st.just('<figure data-image="5"></figure>'),
)
BODIES = st.lists(BLOCK, max_size=5).map(lambda blocks: markup.sanitise("".join(blocks)))
QUOTES = st.lists(
    st.builds(
        lambda key, role, source, day: QUOTE | {"id": key, "role": role, "attribution": source, "said_on": day},
        st.integers(1, 4),
        st.sampled_from(["", "chief"]),
        st.sampled_from([None, 3]),
        st.sampled_from([None, "2031-05-05"]),
    ),
    max_size=3,
    unique_by=lambda quote: quote["id"],
)


def consistent(**fields):
    """A document whose quotes name no attribution that it does not hold."""
    copy = document(**fields)
    for quote in copy["quotes"]:
        quote["attribution"] = quote["attribution"] if copy["attributions"] else None
    return copy


DOCUMENTS = st.builds(
    consistent,
    headline=WORDS.map(" ".join),
    body=BODIES,
    slug=st.sampled_from(["a", "b", "c"]),
    bylines=st.lists(st.sampled_from([ANNA, BEN]), unique_by=lambda byline: byline["contributor"]),
    actors=st.lists(st.sampled_from([ILSE, PORT]), unique_by=lambda actor: actor["id"]),
    lead_image=st.sampled_from([None, GATE, CRANE]),
    attributions=st.sampled_from([[], [ATTRIBUTION], [ATTRIBUTION | {"wording": "an official"}]]),
    quotes=QUOTES,
)


def words_in(value):
    """How often each word stands anywhere in a value."""
    return Counter(re.findall(r"\w+", markup.to_text(value.replace("<", " <"))))


@settings(max_examples=60)
@given(DOCUMENTS)
def test_the_same_copy_has_no_differences(copy):
    assert compare(copy, deepcopy(copy)).is_empty


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS)
def test_the_runs_of_a_comparison_hold_both_bodies(old, new):
    blocks = compare(old, new).body
    for side, other in ((old, "new"), (new, "gone")):
        kept = " ".join("".join(run.text for run in block.runs if run.kind != other) for block in blocks)
        assert not blocks or kept.split() == markup.to_text(side["body"]).split()


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS)
def test_what_only_one_side_changed_is_taken_as_it_is(base, changed):
    for merged in (merge(base, base, changed), merge(base, changed, base), merge(base, changed, changed)):
        assert merged.document == changed
        assert merged.conflicts == ()


@settings(max_examples=150)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_nothing_that_either_side_wrote_is_lost(base, mine, theirs):
    merged = merge(base, mine, theirs)
    body = merged.document["body"]
    assert body == markup.sanitise(body)
    html = [each for each in merged.conflicts if each.field == "body"]
    for side, other in ((mine, "mine"), (theirs, "theirs")):
        kept = words_in(body) + sum((words_in(getattr(each, other)) for each in html), Counter())
        assert not (words_in(side["body"]) - words_in(base["body"])) - kept
    slugs = {each.field: (each.mine, each.theirs) for each in merged.conflicts}.get("slug")
    assert slugs == (mine["slug"], theirs["slug"]) or merged.document["slug"] in (mine["slug"], theirs["slug"])


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_every_choice_gives_a_whole_document(base, mine, theirs):
    before = deepcopy((base, mine, theirs))
    merged = merge(base, mine, theirs)
    for choice in ("mine", "theirs"):
        chosen = resolve(merged, dict.fromkeys(range(1, len(merged.conflicts) + 1), choice))
        assert set(chosen) == set(mine)
        held = {each["id"] for each in chosen["attributions"]}
        assert all(quote["attribution"] in held for quote in chosen["quotes"] if quote["attribution"])
    assert resolve(merged, {}) == merged.document
    assert before == (base, mine, theirs)


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_sides_may_be_swapped(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert len(one.conflicts) == len(other.conflicts)
    swapped = dict.fromkeys(range(1, len(one.conflicts) + 1), "theirs")
    assert resolve(other, swapped)["body"] == one.document["body"]
