"""Run by `test_postgresql` as a process of its own, whose databases are a primary and its replica: prints what it saw.

The argument names commands: {"stop replica": […], "stop primary": […], "start primary": […]}. Tables are made without
migrations, which take longer than all the rest.
"""

import json
import subprocess
import sys
import time

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

django.setup()

from articles import reading, releasing, routing, teasers, withholding  # noqa: E402  (models need the setup)
from articles.models import Story  # noqa: E402
from articles.replicas import replicas  # noqa: E402

APPS = ("contenttypes", "auth", "sessions", "articles")
REPLICA = "replica_1"
PAGES = (
    *(
        "/",
        "/latest/",
        "/actors/",
        "/topics/",
        "/contributors/",
        "/corrections/",
        "/about/sourcing/",
        "/about/masthead/",
    ),
    *("/feeds/latest.rss", "/corrections/feed.json", "/sitemap.xml", "/news-sitemap.xml"),
    *("/look.css", "/posters/stories/1.jpg"),
)
NOW = timezone.now()
FAR = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), %s) >= 0"


def lay_out():
    """Tables, and one story."""
    with connection.schema_editor() as editor:
        for label in APPS:
            for model in apps.get_app_config(label).get_models():
                editor.create_model(model)
    change("First words")


def change(headline):
    """Print the story, on the primary."""
    story = Story(id=1, edition_number=1, headline=headline, slug="s", published_at=NOW, updated_at=NOW)
    with transaction.atomic():
        for row in (story, teasers.teaser_of(story)):
            type(row).objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=[row._meta.pk.name],
                update_fields=["headline", *(["entry"] if row is not story else [])],
            )


def follow():
    """Wait until the replica has what the primary has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()")
        (far,) = cursor.fetchone()
    while True:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(FAR, [far])
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def on_replica(statement):
    """Have the replica do something."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(statement)


def leave(alias):
    """Let go of every connection."""
    connections[alias].close()
    connections[alias].close_pool()


def do(name):
    """One of the commands."""
    subprocess.run(json.loads(sys.argv[1])[name], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def seen(method="get", address="/latest/", **cookies):
    """{status, headline on the page, the databases that were asked, whether it sets the cookie}."""
    client = Client(HTTP_HOST="localhost")
    client.cookies.load(cookies)
    asked = set()

    def note(execute, sql, params, many, context):
        asked.add(context["connection"].alias)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), connections[REPLICA].execute_wrapper(note):
        response = getattr(client, method)(address)
    page = response.content.decode(errors="replace")
    return {
        "status": response.status_code,
        "headline": next((words for words in ("First", "Second", "Third") if f"{words} words" in page), None),
        "asked": sorted(asked),
        "cookie": reading.COOKIE in response.cookies,
    }


def main():
    """What was seen, by name."""
    connection.settings_dict["OPTIONS"]["pool"]["timeout"] = 1  # second, for when it is away
    lay_out()
    follow()
    told = {"fit": sorted(replicas.look())}
    replicas.aliases = (REPLICA,)  # the one that never answers has cost its two seconds
    replicas._watch = lambda: None  # from here on it looks when it is told to
    Client(HTTP_HOST="localhost").get("/latest/")  # what a process asks once: schedule, sections, name
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        told["longest statement"] = cursor.fetchone()[0]
    told["pooled"] = connection.pool is not None
    told["reader"] = seen()
    told["story"] = seen(address=Story.objects.get().get_absolute_url())
    told["pages"] = {address: seen(address=address) for address in PAGES}
    told["act of somebody signed in"] = seen("post", "/admin/login/", **{settings.SESSION_COOKIE_NAME: "x"})
    told["act of a stranger"] = seen("post", "/admin/login/")

    on_replica("SELECT pg_wal_replay_pause()")
    change("Second words")
    told["reader while the replica is behind"] = seen()
    told["who has published"] = seen(**{reading.COOKIE: "1"})
    routing.hold_off()
    told["reader after something was printed here"] = seen()
    routing.let_go()
    replicas.look()
    time.sleep(settings.REPLICA_LAG_SECONDS + 0.2)
    told["fit when behind"] = sorted(replicas.look())
    told["reader when it is left out"] = seen()

    on_replica("SELECT pg_wal_replay_resume()")
    follow()
    told["fit when caught up"] = sorted(replicas.look())
    told["reader when it is back"] = seen()

    leave("default")
    do("stop primary")
    releasing.forget()
    withholding.forget()
    told["reader while the primary is away"] = seen()
    told["fit while the primary is away"] = sorted(replicas.look())
    told["what is due is not asked again at once"] = releasing.cache.get(releasing.KEY) == releasing.NEVER
    do("start primary")
    leave("default")  # the pool that was in vain
    connection.settings_dict["OPTIONS"]["pool"]["timeout"] = 10

    change("Third words")
    follow()
    leave(REPLICA)
    do("stop replica")
    told["reader when it died"] = seen()
    told["fit when it died"] = sorted(replicas.fit)
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
