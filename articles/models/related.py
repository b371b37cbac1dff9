"""Which stories have most to do with one: by the actors and topics they share, those that few stories share the most.

A tag weighs 1 / (how many of its newest stories there are, at most `WINDOW`): what is rare weighs more, and what is in
every story next to nothing. Each tag costs one short walk of its own index, however many stories carry it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, router

WINDOW = 40
SHOWN = (
    "id",
    "headline",
    "standfirst",
    "kicker",
    "slug",
    "language",
    "genre",
    "published_at",
    "is_withdrawn",
    "translations",
)


def stories(model: Any, tags: Sequence[tuple[Any, int]], *, without: int, most: int) -> list[Any]:
    """Rows of `model`, closest first and of the same closeness newest first, with the fields of `SHOWN` alone.

    `tags` are pairs of a through model and the key of a tag. One query; none where there are no tags.
    """
    if not tags:
        return []
    quote = connections[router.db_for_read(model)].ops.quote_name
    walks = " UNION ALL ".join(
        f"SELECT story_id, 1.0 / COUNT(*) OVER () AS weight FROM (SELECT story_id FROM {quote(through._meta.db_table)}"  # noqa: S608
        f" WHERE tag_id = %s ORDER BY published_at DESC, story_id DESC LIMIT {WINDOW}) AS walk_{number}"
        for number, (through, _key) in enumerate(tags)
    )
    fields = ", ".join(f"story.{quote(name)}" for name in SHOWN)
    sql = (
        f"SELECT {fields} FROM (SELECT story_id, SUM(weight) AS weight FROM ({walks}) AS walks"  # noqa: S608
        f" WHERE story_id <> %s GROUP BY story_id) AS near"
        f" JOIN {quote(model._meta.db_table)} AS story ON story.id = near.story_id"
        f" WHERE NOT story.is_withdrawn ORDER BY near.weight DESC, story.published_at DESC, story.id DESC LIMIT %s"
    )
    return list(model.objects.raw(sql, [*(key for _through, key in tags), without, most]))
