"""Plain wire copy becomes one draft with everything that belongs to it, or nothing at all."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from articles.importers import base
from articles.importers.base import read_file
from articles.importers.plain import import_copy
from articles.models import Article, Contributor, Proposal, Revision, WireCopy
from articles.proposals import reading
from articles.text import MAX_BYTES, UnreadableCopy
from tests import factories

JOURNEY = Path(__file__).parent.parent / "data" / "journey.txt"
COPY = (
    "Ferry sails again from Lund Quay\n\n"
    "By Ada Brook and Tom Reed\n\n"
    "LUND QUAY, Marlow — The ferry “Grey Gull” sailed on Monday after nine days in dock.\n\n"
    "“We have checked every bolt on board,” the harbour master, Ilse Maran, said. Café owners cheered.\n"
)


def everything():
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_draft_with_all_its_parts_is_made_of_new_copy(people, desk):
    made = import_copy(JOURNEY.read_bytes(), "in/journey.txt", by=people.editor, desk=desk)
    article = made.article
    assert made.created
    assert article.headline == "Varland wants general to halt march on Port Selm"
    assert article.slug == "varland-wants-general-to-halt-march-on-port-selm"
    assert article.slugline == "VARLAND-WANTS-GENERAL-HALT"
    assert (article.status, article.desk, article.writer) == ("draft", desk, people.editor)
    assert article.text().startswith("Varland wants the northern commander Oren Tesk")
    assert "231" not in article.body
    wire = article.wire_copy
    assert (wire.file_name, wire.share_count, wire.encoding) == ("journey.txt", 231, "utf-8")
    assert wire.text == JOURNEY.read_text()
    assert [revision.number for revision in article.revisions.all()] == [1]
    assert {proposal.kind for proposal in made.proposals} >= {"quote", "actor"}
    assert made.quotes == article.proposals.filter(kind="quote").count()


def test_bylines_and_dateline_are_kept_apart_where_the_copy_has_them(people):
    Contributor.objects.create(name="Ada Brook", slug="ada-brook")
    article = import_copy(COPY.encode(), "ferry.txt", by=people.writer).article
    assert [byline.contributor.name for byline in article.bylines.all()] == ["Ada Brook", "Tom Reed"]
    assert Contributor.objects.filter(name="Ada Brook").count() == 1
    assert article.dateline == "LUND QUAY, Marlow"
    assert article.text().startswith("The ferry")


@pytest.mark.parametrize(
    "data",
    [
        COPY.encode("utf-8-sig"),
        COPY.encode("utf-16"),
        COPY.encode("cp1252", errors="replace"),
        COPY.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8 with a mark", "utf-16", "windows-1252", "crlf"],
)
def test_the_same_copy_makes_no_second_article_when_it_comes_in_another_encoding(people, data):
    first = import_copy(COPY.encode(), "ferry.txt", by=people.writer)
    before = everything()
    again = import_copy(data, "ferry-2.txt", by=people.editor)
    assert not again.created
    assert again.article == first.article
    assert again.quotes == first.quotes
    assert everything() == before


def test_windows_1252_is_read_as_it_was_written(people):
    article = import_copy(COPY.encode("cp1252", errors="replace"), "ferry.txt", by=people.writer).article
    assert "“We have checked every bolt on board,”" in article.text()
    assert "Café" in article.text()
    assert article.wire_copy.encoding == "cp1252"


def test_nothing_is_written_in_a_dry_run(people):
    before = everything()
    made = import_copy(JOURNEY.read_bytes(), "journey.txt", by=people.editor, dry_run=True)
    assert everything() == before
    assert made.created
    assert made.article.pk is None
    assert made.quotes > 3


def test_a_dry_run_finds_what_an_import_then_stores(people):
    dry = import_copy(JOURNEY.read_bytes(), "journey.txt", by=people.editor, dry_run=True)
    wet = import_copy(JOURNEY.read_bytes(), "journey.txt", by=people.editor)
    assert {proposal.digest for proposal in dry.proposals} == {proposal.digest for proposal in wet.proposals}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \r\n\r\n", "the file is empty"),
        (b"Only a headline", "only one line"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (b"\x00\x01\x02\x03GIF\x05\x06" * 40, "binary data, not text"),
        (b"x" * (MAX_BYTES + 1), "too large"),
        (b"A headline " + b"that goes on " * 40 + b"\n\nAnd a paragraph of text.", "too long for a headline"),
    ],
    ids=["empty", "blank", "one line", "picture", "binary", "large", "long headline"],
)
def test_a_clear_error_names_the_file_and_nothing_is_left_when_copy_is_no_story(people, data, sentence):
    before = everything()
    with pytest.raises(UnreadableCopy, match=sentence) as refusal:
        import_copy(data, "strange.txt", by=people.writer)
    assert "strange.txt" in str(refusal.value)
    assert everything() == before


def test_nothing_is_left_when_the_proposals_fail(people, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("no proposals today")

    before = everything()
    monkeypatch.setattr(reading, "refresh", fail)
    with pytest.raises(RuntimeError):
        import_copy(COPY.encode(), "ferry.txt", by=people.writer)
    assert everything() == before


def test_the_other_article_is_found_when_two_import_the_same_copy_at_once(people, monkeypatch):
    first = import_copy(COPY.encode(), "ferry.txt", by=people.writer)
    answers = iter([None, first])
    monkeypatch.setattr(base, "_known", lambda digest, copy: next(answers))
    assert import_copy(COPY.encode(), "ferry.txt", by=people.editor) is first
    assert Article.objects.count() == WireCopy.objects.count() == 1


def test_a_reviewer_is_refused_when_importing(people):
    with pytest.raises(PermissionDenied):
        import_copy(COPY.encode(), "ferry.txt", by=people.reviewer)
    assert not Article.objects.exists()


def test_the_slug_is_numbered_when_an_article_or_a_story_has_it(people, desk):
    factories.article(people.writer, desk, slug="ferry-sails-again-from-lund-quay")
    assert base.free_slug("Ferry sails again from Lund Quay") == "ferry-sails-again-from-lund-quay-2"
    factories.article(people.writer, desk, slug="ferry-sails-again-from-lund-quay-2")
    made = import_copy(COPY.encode(), "ferry.txt", by=people.writer)
    assert made.article.slug == "ferry-sails-again-from-lund-quay-3"


def test_the_slug_stays_free_and_short_when_the_headline_is_long():
    headline = "word " * 59
    slug = base._free("word-" * 59, [])
    assert len(slug) <= 120
    assert not slug.endswith("-")
    assert len(base.slugline_of(headline)) <= 120


def test_the_draft_goes_to_the_desk_of_the_person_when_they_have_one(people, desk):
    assert import_copy(COPY.encode(), "ferry.txt", by=people.editor).article.desk == desk


def test_the_draft_goes_to_the_desk_the_copy_names_when_there_is_one(people, desk):
    section = factories.desk("Business", "business")
    made = import_copy(("Business\n\n" + COPY).encode(), "ferry.txt", by=people.editor)
    assert made.article.desk == section


def test_the_cost_does_not_grow_with_the_copy(people, django_assert_num_queries, django_assert_max_num_queries):
    def copy(paragraphs):
        body = "\n\n".join(
            f"“We counted {number} ships off the pier,” said Mira Olen{chr(97 + number)}, who keeps the light."
            for number in range(paragraphs)
        )
        return f"Ships wait, {paragraphs} paragraphs\n\nThe harbour was shut on Monday.\n\n{body}\n".encode()

    import_copy(copy(2), "warm.txt", by=people.writer)  # reads the roles
    with django_assert_max_num_queries(60) as few:
        import_copy(copy(1), "few.txt", by=people.writer)
    with django_assert_num_queries(len(few.captured_queries)):
        import_copy(copy(20), "many.txt", by=people.writer)
    assert Proposal.objects.filter(kind="quote").count() == 23
    assert Revision.objects.count() == 3


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.mkdir(), "is a directory"),
        (lambda path: None, "there is no such file"),
        (lambda path: path.symlink_to(path), "cannot be read"),
    ],
    ids=["directory", "missing", "loop"],
)
def test_a_clear_error_names_what_is_no_file(tmp_path, make, sentence):
    path = tmp_path / "copy.txt"
    make(path)
    with pytest.raises(UnreadableCopy, match=sentence) as refusal:
        read_file(path)
    assert str(path) in str(refusal.value)


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", lambda *arguments: pytest.fail("it was opened"))
    with pytest.raises(UnreadableCopy, match=r"large.txt: 50.0 MB is too large"):
        read_file(path)
