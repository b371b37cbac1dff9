"""The demo's pictures as images of the newsroom: drawn once, kept as files, made when a story needs one."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from .. import pictures, renditions
from ..models import Image
from ..rights import Rights, write
from . import pictures as drawings
from .content import read


class Gallery:
    """The pictures of pictures.toml. `width` in pixels: tests draw them small."""

    def __init__(self, folder: Path, *, width: int, by: Any) -> None:
        self.rows: dict[str, dict[str, Any]] = read("pictures.toml")
        self.folder, self.width, self.by = folder, width, by
        self.found: dict[str, Image] = {}

    def __getitem__(self, key: str) -> Image:
        """The image of that key."""
        if key not in self.found:
            row = self.rows[key]
            self.found[key] = Image.objects.filter(alt=row["alt"], credit=row["credit"]).first() or self._hang(key, row)
        return self.found[key]

    def _hang(self, key: str, row: dict[str, Any]) -> Image:
        path = drawings.drawn(key, self.folder, width=self.width)
        drawn = path.read_bytes()
        image = Image.objects.create(
            file=ContentFile(write(drawn, Rights(row["credit"])), name=path.name),
            tint=renditions.tint_of(drawn),
            uploaded_by=self.by,
            usage_terms="Drawn by code for the demo; free to use.",
            **{name: row[name] for name in ("alt", "caption", "credit", "focal_x", "focal_y") if name in row},
        )
        pictures.order(image)
        return image
