"""The architecture is one readable list in `pyproject.toml`, and it holds."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

LINT = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(cache_dir=None))"


def lint(folder):
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


def test_imports_point_down_and_readers_pages_never_reach_a_working_copy():
    run = lint(settings.BASE_DIR)
    assert run.returncode == 0, run.stdout
    assert "Contracts: 2 kept, 0 broken." in run.stdout


def test_a_view_that_imports_a_working_copy_is_found(tmp_path):
    """The positive control: the same contracts, with one forbidden import."""
    root = Path(settings.BASE_DIR)
    for path in [root / "pyproject.toml", *root.glob("articles/**/*.py")]:
        copy = tmp_path / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "articles/views/leak.py").write_text("from articles.models.articles import Article\n")
    run = lint(tmp_path)
    assert run.returncode != 0
    assert "articles.views.leak -> articles.models.articles" in run.stdout
