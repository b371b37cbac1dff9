"""A stack whose edge is on, as that of a server that is no test."""

from types import SimpleNamespace

import pytest
from django.test import Client

from articles.edge import purges, serving


@pytest.fixture
def log(settings, tmp_path, monkeypatch):
    """The log of purges of this test alone."""
    made = purges.FileLog(tmp_path / "purges")
    monkeypatch.setattr(serving, "log", lambda: purges.FileLog(tmp_path / "purges"))
    monkeypatch.setattr(purges, "log", lambda: made)
    return made


@pytest.fixture
def edge(settings, log):
    """`edge.reader()` is a browser at a process of its own that keeps pages; `edge.tally` counts what they all did."""
    settings.EDGE_MEGABYTES = 8
    serving.tally.clear()
    return SimpleNamespace(reader=Client, tally=serving.tally, log=log)
