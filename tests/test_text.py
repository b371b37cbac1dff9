import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import MAX_BYTES, UnreadableCopy, byline_names, dateline, read, share_count

STORY = "Harbour reopens after storm\n\nThe harbour of Port Sel reopened on Monday.\n\n“It’s calm,” the mayor said.\n"


def story(*header):
    return "\n\n".join(["Harbour reopens after storm", *header, "The harbour reopened.", "All was calm."]).encode()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (STORY.encode(), "utf-8"),
        (codecs.BOM_UTF8 + STORY.encode(), "utf-8-sig"),
        (STORY.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"), "utf-16"),
        (STORY.encode("utf-16-le"), "utf-16-le"),
        (STORY.encode("utf-16-be"), "utf-16-be"),
        (STORY.encode("cp1252"), "cp1252"),
    ],
)
def test_copy_reads_the_same_in_every_encoding(data, encoding):
    copy = read(data, "harbour.txt")
    assert (copy.text, copy.encoding) == (STORY, encoding)
    assert copy.headline == "Harbour reopens after storm"
    assert [paragraph.text for paragraph in copy.paragraphs] == STORY.strip().split("\n\n")[1:]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_paragraphs_are_the_same_when_lines_end_otherwise(line_end):
    copy = read(STORY.replace("\n", line_end).encode(), "harbour.txt")
    assert len(copy.paragraphs) == 2
    assert all(copy.text[start:end] == text for start, end, text in copy.paragraphs)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b" \r\n \t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"Only a headline\n", "only one line"),
        (b"122\n\nBy Ilva Moren\n", "no headline"),
        (b"Headline\n\n122\n", "no paragraph"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a picture"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04word/document.xml", "Word document"),
        (b"Caf\x81 reopens\n\nIt did.", "encoding"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "encoding"),
        (b"a line of text\n\n" * (MAX_BYTES // 16 + 1), "too large"),
    ],
)
def test_error_names_the_file_and_what_is_wrong_when_copy_cannot_be_read(data, complaint):
    with pytest.raises(UnreadableCopy) as error:
        read(data, "wire/17.txt")
    assert str(error.value).startswith("wire/17.txt: ")
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_a_stray_nul_is_a_space_when_the_rest_is_text():
    assert "\x00" not in read(STORY.replace("calm", "ca\x00lm").encode(), "harbour.txt").text


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("122", 122), ("1,204", 1204), ("1.2k shares", 1200), ("3M", 3_000_000), ("Shares: 45", 45), ("7 shares", 7),
        ("12.5", None), ("122 people died", None), ("", None), ("In 2019", None),
    ],
)  # fmt: skip
def test_share_count_is_read_from_a_bare_number_only(line, number):
    assert share_count(line) == number


def test_share_count_is_kept_apart_from_the_body():
    copy = read(story("122"), "harbour.txt")
    assert copy.share_count == 122
    assert [paragraph.text for paragraph in copy.paragraphs] == ["The harbour reopened.", "All was calm."]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ilva Moren", ("Ilva Moren",)),
        ("By Ilva Moren and Oren Tesk", ("Ilva Moren", "Oren Tesk")),
        ("By ILVA MOREN and Oren van Tesk, Meridian Press Agency", ("Ilva Moren", "Oren van Tesk")),
        ("by Ilva Moren, Health Correspondent", ("Ilva Moren",)),
        ("By Ilva Moren in Port Sel", ("Ilva Moren",)),
        ("By Staff", ()),
        ("By the numbers", ()),
        ("By Monday, the harbour had reopened.", ()),
    ],
)
def test_byline_names_people_and_no_agencies(line, names):
    assert byline_names(line) == names


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("PORT SEL, Jan 3 (Meridian Wire) - The harbour", "PORT SEL, Jan 3 (Meridian Wire)"),
        ("LINDENBURG — The harbour", "LINDENBURG"),
        ("Lindenburg (MPA) — “We waited", "Lindenburg (MPA)"),
        ("Port Sel, 3 January – The harbour", "Port Sel, 3 January"),
        ("(Meridian Wire) - The harbour", "(Meridian Wire)"),
        ("UNPA — the agency for ports — said", ""),
        ("The harbour - a small one - reopened", ""),
        ("Lindenburg - The harbour", ""),
    ],
)
def test_dateline_is_told_from_a_sentence(paragraph, words):
    assert dateline(paragraph)[0] == words


def test_everything_around_a_story_is_kept_apart():
    copy = read(
        story(
            "World | Meridia",
            "Ships wait outside no longer",
            "By Ilva Moren and Oren Tesk",
            "3 January 2031",
            "LINDENBURG, Jan 3 (MPA) - The first ships came in at dawn.",
        ),
        "harbour.txt",
    )
    assert copy.section == "World | Meridia"
    assert copy.standfirst == "Ships wait outside no longer"
    assert copy.bylines == ("Ilva Moren", "Oren Tesk")
    assert copy.dateline == "LINDENBURG, Jan 3 (MPA)"
    assert copy.paragraphs[0].text == "The first ships came in at dawn."
    assert len(copy.paragraphs) == 3


def test_first_paragraph_is_no_standfirst_when_it_ends_as_a_sentence():
    copy = read(story("Ships wait outside no longer.", "The first came in at dawn."), "harbour.txt")
    assert copy.standfirst == ""
    assert len(copy.paragraphs) == 4


def test_lines_make_one_paragraph_when_copy_is_wrapped_at_a_column():
    line = "The harbour of Port Sel reopened on Monday after the storm, and ships came"
    copy = read(f"Harbour reopens\n\n{line}\n{line}\nin.\n\n{line}\n{line}\nin.\n".encode(), "harbour.txt")
    assert len(copy.paragraphs) == 2


PLAIN = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=80)


@given(st.lists(PLAIN, min_size=2, max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_encoded_is_decoded_to_the_same_text(lines, encoding):
    text = "\n\n".join(lines)
    try:
        copy = read(text.encode(encoding), "any.txt")
    except UnreadableCopy:
        return
    assert copy.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(data):
    try:
        copy = read(data, "any.txt")
    except UnreadableCopy:
        return
    assert copy.headline == copy.text[copy.headline_start : copy.headline_end] != ""
    for start, end, text in copy.paragraphs:
        assert copy.text[start:end] == text != ""
