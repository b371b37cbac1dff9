"""`python -m bench.pictures [--rounds N] [--json]`: an upload of 24 megapixels to its renditions, as time and memory.

Each job runs in a process of its own, so that its peak of memory is its own. The baseline decodes the whole upload and
makes the same files, each from the whole picture, at the encoders' own settings.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from articles import images, offering, renditions
from bench.goals import AT_MOST, Goal
from bench.report import show

SIZE = (6000, 4000)
GOAL_SECONDS, GOAL_MEGABYTES = 2.2, 110
FOCUS = "30x40"


def photograph() -> bytes:
    """A JPEG of 24 megapixels with grain and gradients: neither flat nor pure noise."""
    grain = Image.effect_noise((1500, 1000), 60).resize(SIZE, Image.Resampling.BICUBIC)
    slope = Image.linear_gradient("L").resize(SIZE)
    out = BytesIO()
    Image.merge("RGB", (Image.blend(grain, slope, 0.5), slope, grain)).save(out, "JPEG", quality=90)
    return out.getvalue()


def upload(content: bytes) -> int:
    """What the request does."""
    images.prepare(BytesIO(content))
    return 0


def worker(content: bytes) -> int:
    """What the worker does with the stored file; returns how many files it makes."""
    return sum(1 for _made in renditions.render(content, FOCUS))


def plain(content: bytes) -> int:
    """The baseline."""
    with Image.open(BytesIO(content)) as picture:
        picture.load()
    made = 0
    for frame in offering.every_frame(*picture.size, FOCUS):
        for kind in ("AVIF", "WEBP", "JPEG"):
            size = (frame.width, frame.height)
            picture.resize(size, Image.Resampling.LANCZOS, frame.box).save(BytesIO(), kind)
            made += 1
    return made


JOBS = {"upload": upload, "worker": worker, "plain": plain}


def run(name: str, path: str) -> dict[str, float]:
    """In this process: CPU seconds, peak of memory in megabytes with Python and Pillow in it, files made."""
    content, start = Path(path).read_bytes(), time.process_time()
    made = JOBS[name](content)
    return {"seconds": time.process_time() - start, "megabytes": peak(), "files": made}


def peak() -> float:
    """Megabytes, at most, that this process has held."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def rounds(name: str, path: str, count: int) -> Iterator[dict[str, float]]:
    """Each in a process of its own."""
    for _round in range(count):
        command = [sys.executable, "-m", "bench.pictures", "--run", name, path]
        yield json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603


def rows(upload: dict, worker: dict, plain: dict) -> Iterator[Goal]:
    """Time of the request and the worker together; memory of whichever takes more, as they are two processes."""
    what = f"24 megapixels to {worker['files']:.0f} renditions"
    told = (
        ("CPU seconds", upload["seconds"] + worker["seconds"], plain["seconds"], GOAL_SECONDS),
        ("MB of memory", max(upload["megabytes"], worker["megabytes"]), plain["megabytes"], GOAL_MEGABYTES),
    )
    for unit, ours, base, goal in told:
        yield Goal(what, ours, unit, AT_MOST, goal, baseline=f"plain Pillow: {base:.2f}")


def main(arguments: list[str]) -> int:
    """Print the medians."""
    parser = argparse.ArgumentParser(prog="bench.pictures")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--run", nargs=2, metavar=("JOB", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        sys.stdout.write(json.dumps(run(*options.run)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        sent, kept = Path(folder, "sent.jpg"), Path(folder, "kept.jpg")
        sent.write_bytes(photograph())
        kept.write_bytes(images.prepare(BytesIO(sent.read_bytes())).content)
        files = {"upload": sent, "worker": kept, "plain": sent}
        took = {name: list(rounds(name, str(path), options.rounds)) for name, path in files.items()}
    middle = {
        name: {key: statistics.median(each[key] for each in found) for key in found[0]} for name, found in took.items()
    }
    show([row.as_row() for row in rows(**middle)], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
