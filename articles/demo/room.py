"""Who and what the stories of the demo refer to."""

from dataclasses import dataclass
from typing import Any

from ..models import Actor, Topic
from .gallery import Gallery
from .vocabulary import Sources


@dataclass(frozen=True)
class Newsroom:
    """People by username, the vocabulary by slug, sources and pictures by key."""

    users: dict[str, Any]
    actors: dict[str, Actor]
    topics: dict[str, Topic]
    sources: Sources
    gallery: Gallery
