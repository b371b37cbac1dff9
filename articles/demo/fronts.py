"""Arranges the fronts of the demo and puts its running story together, through the verbs of the desk."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from .. import fronts, packages
from ..fronts import Placed
from ..models import Arrangement, Article, Desk, Package
from ..packages import Part
from . import content


def arrange(users: dict[str, Any]) -> int:
    """What is missing of it; a front or a running story that somebody made since is left alone. Returns how many."""
    plan = content.read("fronts.toml")
    articles = dict(Article.objects.values_list("slug", "pk"))
    made = [_keep(row, articles, users) for row in plan["package"]]
    arranged = set(Arrangement.objects.values_list("desk__slug", flat=True))
    made += [_arrange(row, articles, users) for row in plan["front"] if row.get("desk") not in arranged]
    return sum(made)


def _keep(row: dict[str, Any], articles: dict[str, int], users: dict[str, Any]) -> bool:
    if Package.objects.filter(slug=row["slug"]).exists():
        return False
    package = Package(slug=row["slug"], title=row["title"], intro=row["intro"], desk=Desk.objects.get(slug=row["desk"]))
    today = timezone.localdate()
    parts = [
        Part(
            articles.get(part.get("story")),
            today - timedelta(days=part["days"]) if "days" in part else None,
            part.get("text", ""),
        )
        for part in row["parts"]
        if "story" not in part or part["story"] in articles
    ]
    kept = packages.save(package, parts, by=users["publisher"])
    packages.put_before_readers(kept, by=users["publisher"])
    return True


def _arrange(row: dict[str, Any], articles: dict[str, int], users: dict[str, Any]) -> bool:
    desk = Desk.objects.get(slug=row["desk"]) if "desk" in row else None
    fronts.arrange(
        desk,
        [
            Placed(each["slot"], articles[each["story"]], each.get("headline", ""), is_pinned=True)
            for each in row["placed"]
            if each["story"] in articles
        ],
        by=users[row["by"]],
        seen=fronts.newest_number(desk),
        package=Package.objects.filter(slug=row.get("package")).first(),
        note=row["note"],
        goes_live_at=_in_hours(row["live_in"]) if "live_in" in row else None,
    )
    return True


def _in_hours(hours: int):
    """To the full hour; never in the past by accident."""
    return (timezone.now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
