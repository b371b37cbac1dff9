"""A name is planted as a confidential source's identity; then every byte that the newsroom leaves behind is searched.

SQLite in a folder of its own, with its write-ahead log, and a backup made beside it; the log, the mails, every page of
the desk by each role, every page of readers. The name may stand in one place: the answer to who reveals it.
"""

import json
import os
import sqlite3
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAME, PHONE = "Odette Varga-Nemes", "+00 555 0199"
PIECES = (NAME, PHONE, "Varga-Nemes", "Odette", "555 0199")


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The folder of a newsroom in which all this was done, and what it answered."""
    var = tmp_path_factory.mktemp("planted")
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "LOG_LEVEL": "DEBUG",
        "NEWSROOM_VAR": str(var),
        "NEWSROOM_SOURCE_KEY": b64encode(bytes([7]) * 32).decode(),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.planting", NAME, PHONE, str(var / "answers.json")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=300, check=False)  # noqa: S603 - our own module
    (var / "log.txt").write_bytes(done.stdout + done.stderr)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return var, json.loads((var / "answers.json").read_text())


def test_the_name_was_there_to_be_found(played):
    var, answers = played
    assert answers["shown"], "who sealed it saw it"
    assert any(len(page[3]) > 2000 for page in answers["pages"])
    assert answers["mails"]
    assert b"Clerk at the port" in b"".join(path.read_bytes() for path in files(var)), "the search reads the database"


def files(var):
    """Every file of the newsroom."""
    return [path for path in var.rglob("*") if path.is_file() and path.name != "answers.json"]


@pytest.mark.parametrize("piece", PIECES)
def test_no_file_holds_it(played, piece):
    var, _answers = played
    backup = var / "backup.sqlite3"
    if not backup.exists():
        with sqlite3.connect(next(var.glob("*.sqlite3"))) as source, sqlite3.connect(backup) as copy:
            source.backup(copy)
    forms = [piece.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    forms += [b64encode(piece.encode()), json.dumps(piece).encode()[1:-1]]
    found = [path.name for path in files(var) if any(form in path.read_bytes() for form in forms)]
    assert found == []


@pytest.mark.parametrize("piece", PIECES)
def test_no_page_and_no_mail_holds_it(played, piece):
    _var, answers = played
    assert [page[:3] for page in answers["pages"] if piece in page[3]] == []
    assert not any(piece in mail for mail in answers["mails"])


def test_the_working_label_is_told_to_those_who_may_read_the_story_alone(played):
    _var, answers = played
    told = {page[0] for page in answers["pages"] if "Clerk at the port" in page[3]}
    assert told <= {"Writer", "Editor", "Publisher", "Reviewer"}
    assert "Stranger" not in told
    assert "Admin" not in told
