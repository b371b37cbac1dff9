"""The units of `deploy/systemd`: systemd understands them, and their commands are there."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.contracts.test_project import manage

from .servers import program

DEPLOY = Path(settings.BASE_DIR) / "deploy" / "systemd"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
COMMANDS = [line for unit in UNITS for line in re.findall(r"^ExecStart=(\S+.*)$", unit.read_text(), re.MULTILINE)]


def test_systemd_finds_no_fault(tmp_path):
    """With stand-ins for what is not installed here; a key that it does not know is a fault."""
    command = program("systemd-analyze", is_required=False)  # a container has none
    (tmp_path / "bin").mkdir()
    for name in ("python", "granian"):
        stand_in = tmp_path / "bin" / name
        stand_in.write_text("#!/bin/sh\n")
        stand_in.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/srv/newsroom/.venv/bin", str(tmp_path / "bin"))
        text = re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    named = [str(tmp_path / unit.name) for unit in UNITS]
    run = subprocess.run([command, "verify", "--man=no", *named], capture_output=True, text=True, check=False)  # noqa: S603
    faults = [line for line in run.stderr.splitlines() if str(tmp_path) in line or "newsroom" in line]
    assert faults == []
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_timer_has_its_service_and_every_service_is_hemmed_in(unit):
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service") in UNITS
        return
    text = unit.read_text(encoding="utf-8")
    for line in ("User=newsroom", "NoNewPrivileges=yes", "ProtectSystem=strict", "EnvironmentFile=/etc/newsroom"):
        assert line in text


def test_commands_exist():
    commands = [re.search(r"manage\.py (\w+)", line)[1] for line in COMMANDS if "manage.py" in line]
    assert len(commands) >= 6
    assert set(commands) <= set(get_commands())


def test_options_of_the_server_exist():
    (line,) = [line for line in COMMANDS if "granian" in line]
    text = (DEPLOY / "newsroom.service").read_text(encoding="utf-8")
    options = set(re.findall(r" (--[a-z-]+)", text.partition("ExecStart=")[2].partition("\n#")[0]))
    told = subprocess.run(  # noqa: S603
        [str(Path(settings.BASE_DIR) / ".venv/bin/granian"), "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "--workers 2" in line
    assert "--blocking-threads" in options  # else there may be hundreds, each with a connection to SQLite
    assert {option for option in options if option not in told} == set()


def test_example_of_the_environment_starts_once_the_secrets_are_in(tmp_path):
    lines = (DEPLOY / "environment.example").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    documented = (Path(settings.BASE_DIR) / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in told if f"`{name}`" not in documented] == []
    secrets = {"SECRET_KEY": "q8Zw3kL-" * 8, "NEWSROOM_SOURCE_KEY": "A" * 43 + "="}
    run = manage("check", "--deploy", "--fail-level=WARNING", **told | secrets | {"NEWSROOM_VAR": str(tmp_path)})
    assert run.returncode == 0, run.stderr
