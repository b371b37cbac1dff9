"""Which stories have most to do with one: by the actors and topics they share, those that few stories share the most.

A tag weighs 1 / (how many of its newest stories there are, at most `WINDOW`): what is rare weighs more, and what is in
every story next to nothing. Each tag costs one short walk of its own index, however many stories carry it; of the
stories that are met only those that are shown are read.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, router

from .. import surrogates
from .teasers import Line, StoryTeaser

WINDOW = 40
SHOWN = ("story_id", "languages", "line", "set_by")  # the columns of `Line`


def teasers(tags: Sequence[tuple[Any, int]], *, without: int, most: int) -> list[Line]:
    """Closest first and of the same closeness newest first.

    `tags` are pairs of a through model and the key of a tag. One query; none where there are no tags.
    """
    if not tags:
        return []
    connection = connections[router.db_for_read(StoryTeaser)]
    quote = connection.ops.quote_name
    walks = " UNION ALL ".join(
        f"SELECT story_id, published_at, 1.0 / COUNT(*) OVER () AS weight FROM "  # noqa: S608
        f"(SELECT story_id, published_at FROM {quote(through._meta.db_table)}"
        f" WHERE tag_id = %s ORDER BY published_at DESC, story_id DESC LIMIT {WINDOW}) AS walk_{number}"
        for number, (through, _key) in enumerate(tags)
    )
    fields = ", ".join(f"teaser.{quote(name)}" for name in SHOWN)
    order = "weight DESC, near.published_at DESC, near.story_id DESC"
    sql = (
        f"SELECT {fields} FROM (SELECT * FROM (SELECT story_id, MAX(published_at) AS published_at,"  # noqa: S608
        f" SUM(weight) AS weight FROM ({walks}) AS walks WHERE story_id <> %s GROUP BY story_id) AS near"
        f" ORDER BY {order} LIMIT %s) AS near"
        f" JOIN {quote(StoryTeaser._meta.db_table)} AS teaser ON teaser.story_id = near.story_id ORDER BY {order}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(key for _through, key in tags), without, most])
        rows = [Line(*row) for row in cursor.fetchall()]
    surrogates.note("story", (row.pk for row in rows))
    return rows
