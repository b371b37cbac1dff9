"""Pictures drawn by code: maps, charts and line drawings in the colours of the paper. The same every time.

`drawn` is all that is needed from outside.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from . import buildings, charts, harbour, land, maps, objects

QUALITIES = (85, 80, 74, 68, 60)  # of the JPEG, on Pillow’s scale: the first that makes it small enough
MAX_BYTES = 290_000
VERSION = 2  # of the drawings: raise it when one changes, so that kept files are drawn anew

DRAWINGS: dict[str, Callable[[int], Image.Image]] = {
    "banknote": objects.banknote,
    "chart-halveth": charts.shares,
    "chart-heat": charts.heat,
    "chart-measles": charts.measles,
    "chart-nurses": charts.nurses,
    "chart-rate": charts.rate,
    "chart-reservoir": charts.reservoir,
    "courthouse": buildings.courthouse,
    "dam": land.dam,
    "drone-plan": objects.drone_plan,
    "drones-ridge": land.drones,
    "ferry": harbour.ferry,
    "harbour-dusk": harbour.cranes,
    "hospital-corridor": buildings.corridor,
    "islands": land.islands,
    "map-front": maps.front,
    "map-gulf": maps.gulf,
    "map-route": maps.route,
    "parliament": buildings.parliament,
    "st-orrins-plan": maps.hospital_plan,
    "surgeon-lamp": objects.lamp,
    "talks-table": objects.table,
    "tents": land.tents,
    "tolmar-bridge": harbour.bridge,
    "vials": objects.vials,
    "wheat": land.wheat,
}


def drawn(key: str, folder: Path, *, width: int) -> Path:
    """The file of that picture in `folder`, drawn now if it is not there. Raises `KeyError` for an unknown picture."""
    path = folder / f"{key}-{width}-{VERSION}.jpg"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(_encoded(DRAWINGS[key](width)))
        unfinished.replace(path)
    return path


def _encoded(picture: Image.Image) -> bytes:
    for quality in QUALITIES:
        data = BytesIO()
        picture.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= MAX_BYTES:
            break
    return data.getvalue()
