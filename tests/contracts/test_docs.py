"""What the manuals promise is there."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_every_variable_that_the_settings_read_is_listed():
    read = set(re.findall(r"""env\.?\w*\(\s*"([A-Z_0-9]+)\"""", (ROOT / "newsroom" / "settings.py").read_text()))
    assert len(read) > 30
    assert {name for name in read if f"`{name}`" not in SETTINGS} == set()


def test_variables_that_the_manual_of_deployment_names_are_listed():
    named = set(re.findall(r"`([A-Z][A-Z0-9]+_[A-Z0-9_]+)(?:=\S*)?`", DEPLOY))
    assert len(named) > 10
    assert {name for name in named if f"`{name}`" not in SETTINGS and name not in SETTINGS} == set()


def test_counts_that_the_manual_names_are_kept():
    source = "".join((ROOT / "articles" / name).read_text() for name in ("metrics.py", "views/metrics.py"))
    named = {re.sub("_total$", "", name) for name in re.findall(r"newsroom_[a-z_]+", DEPLOY)} - {"newsroom_primary"}
    assert len(named) > 6
    assert {name for name in named if f'"{name}"' not in source} == set()


def test_files_that_the_manual_names_are_there():
    named = set(re.findall(r"`(deploy/[\w./-]+\w)`", DEPLOY)) | set(re.findall(r"\]\(([\w/.-]+\.md)\)", DEPLOY))
    assert len(named) > 6
    assert {name for name in named if not any((base / name).exists() for base in (ROOT, ROOT / "docs"))} == set()
