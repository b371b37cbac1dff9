"""What a page weighs on its way to a reader: itself, style sheets, scripts, faces, compressed; pictures aside."""

import re
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from newsroom.sheets import StaticFiles

STATIC = Path(settings.BASE_DIR) / "static"
NAMED = re.compile(r'<(?:link rel="(?:stylesheet|preload)"|script)[^>]* (?:href|src)="/static/([^"]+)"')
BOLD, ITALIC, ARABIC = re.compile(r"<(?:strong|b)\b|<h3>"), re.compile(r"<(?:em|i|cite)\b"), re.compile("[ء-ي]")


class Scales:
    """Static files as they are collected, in `folder`; made once, as that takes a while."""

    def __init__(self, folder: Path) -> None:
        source = FileSystemStorage(STATIC)
        files = [*STATIC.glob("css/*.css"), *STATIC.glob("fonts/*.woff2"), STATIC / "js" / "look.js"]
        paths = {str(file.relative_to(STATIC)): (source, str(file.relative_to(STATIC))) for file in files}
        self.storage = StaticFiles(location=folder, base_url="/static/")
        for name in paths:
            with source.open(name) as file:
                self.storage.save(name, file)
        for _name, _hashed, outcome in self.storage.post_process(paths):
            if isinstance(outcome, Exception):
                raise outcome

    def of_file(self, name: str) -> int:
        """Bytes of a static file as a browser that takes brotli gets it."""
        path = Path(self.storage.path(self.storage.stored_name(name)))
        small = path.with_name(f"{path.name}.br")
        return (small if small.exists() else path).stat().st_size

    def of_page(self, client, address: str) -> tuple[int, int]:
        """(bytes of the page and all that each page like it fetches, bytes of faces that its own words ask for)."""
        text = client.get(address).content.decode()
        sent = len(client.get(address, headers={"Accept-Encoding": "br"}).content)
        words = text.partition("<main")[2]
        asked = [("text-bold", BOLD), ("text-italic", ITALIC)]
        faces = [f"fonts/newsreader-{face}-core.woff2" for face, mark in asked if mark.search(words)]
        if ARABIC.search(words):
            faces += [f"fonts/noto-{face}-arabic-core.woff2" for face in ("naskh", "sans")]
        return sent + sum(map(self.of_file, set(NAMED.findall(text)))), sum(map(self.of_file, faces))
