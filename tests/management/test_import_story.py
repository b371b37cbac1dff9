"""`manage.py import_story`: what it prints, what it makes, and the status it ends with."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from articles.models import Article
from tests import factories

JOURNEY = str(Path(__file__).parent.parent / "data" / "journey.txt")


@pytest.fixture
def chief(db):
    """The superuser, who imports where nobody is named."""
    return get_user_model().objects.create_superuser("chief")


def run(*arguments):
    """What was printed to each stream, and the exit status."""
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("import_story", *arguments, stdout=out, stderr=err)
    except SystemExit as ending:
        status = ending.code
    return out.getvalue(), err.getvalue(), status


def test_a_line_a_file_is_printed_when_no_terminal_listens(chief):
    out, err, status = run(JOURNEY)
    article = Article.objects.get()
    assert (err, status) == ("", 0)
    assert f"is article {article.pk}, “Varland wants general to halt march on Port Selm”" in out
    assert "share count 231" in out
    assert article.writer == chief


def test_one_object_a_line_is_printed_when_json_is_asked_for(chief, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    out, err, status = run(JOURNEY, str(empty), JOURNEY, "--json")
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert (err, status) == ("", 1)
    article = Article.objects.get()
    assert first["file"] == JOURNEY
    assert (first["article"], first["created"], first["share_count"]) == (article.pk, True, 231)
    assert first["headline"] == article.headline
    assert first["quotes"] == article.proposals.filter(kind="quote").count()
    assert second == {"file": str(empty), "error": f"{empty}: the file is empty."}
    assert (third["article"], third["created"], third["quotes"]) == (article.pk, False, first["quotes"])


def test_the_others_are_imported_when_a_file_fails(chief, tmp_path):
    out, err, status = run(str(tmp_path), str(tmp_path / "missing.txt"), JOURNEY)
    assert status == 1
    assert f"{tmp_path}: this is a directory" in err
    assert "missing.txt: there is no such file" in err
    assert Article.objects.count() == 1
    assert "is article" in out


def test_the_article_is_named_again_when_the_copy_came_in_before(chief):
    run(JOURNEY)
    out, _err, status = run(JOURNEY)
    assert (Article.objects.count(), status) == (1, 0)
    assert "came in before" in out


def test_nothing_is_written_in_a_dry_run(chief):
    out, _err, status = run(JOURNEY, "--dry-run", "--json")
    told = json.loads(out)
    assert (told["article"], told["created"], status) == (None, True, 0)
    assert told["quotes"] > 3
    assert not Article.objects.exists()
    assert "would become a draft" in run(JOURNEY, "--dry-run")[0]


def test_the_named_account_and_desk_are_taken_when_given(people, chief):
    factories.desk("Business", "business")
    run(JOURNEY, "--by", "wren", "--desk", "business")
    article = Article.objects.get()
    assert (article.writer, article.desk.slug) == (people.writer, "business")


def test_the_only_publisher_imports_when_there_is_no_superuser(people):
    run(JOURNEY)
    assert Article.objects.get().writer == people.publisher


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--by USERNAME"),
        (["--by", "nobody"], "no active account “nobody”"),
        (["--by", "rhea"], "may not start drafts"),
        (["--by", "wren", "--desk", "moon"], "no desk “moon”. Desks: world"),
    ],
)
def test_the_status_is_two_when_the_call_is_wrong(people, arguments, sentence):
    factories.person("perle", "Publisher")
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(JOURNEY, *arguments)
    assert refusal.value.returncode == 2
    assert not Article.objects.exists()


def test_a_bar_is_drawn_when_a_terminal_listens_to_many_files(chief, monkeypatch):
    class Terminal(StringIO):
        def isatty(self):
            return True

    err = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    call_command("import_story", JOURNEY, JOURNEY, JOURNEY, stdout=StringIO(), stderr=err)
    assert "Importing" in err.getvalue()
