"""The tools of Node, installed from the lock beside this file; nothing of them is shipped."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = ("package.json", "package-lock.json")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Tools:
    """Where the tools are; None where there is no Node with npm. `browser` is Chromium's path."""

    folder: Path | None
    browser: str | None

    def run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess:
        """One tool to its end; its output as text."""
        environment = {**os.environ, "CHROME_PATH": self.browser or ""}
        return subprocess.run(  # noqa: S603
            [str(self.folder / "node_modules" / ".bin" / tool), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=environment,
        )


def browser() -> str | None:
    """The path of Chromium; None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def tools(folder: Path) -> Tools:
    """Installs what is not installed yet; the lock's hash says so."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        sys.stderr.write("Node with npm is not installed: Lighthouse and the HTML checker are left out, and missed.\n")
        return Tools(None, browser())
    wanted = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(HERE / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        if run.returncode:
            raise RuntimeError(f"npm ci failed:\n{run.stderr[-2000:]}")
        stamp.write_text(wanted)
    return Tools(folder, browser())
