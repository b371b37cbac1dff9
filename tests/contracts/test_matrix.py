"""Who may do what, cell by cell, over HTTP: the whole table, the empty cells too, by every door there is.

Each cell is tried on four stories: the person's own, one of their desk, one they were asked to review, one of another
desk. What happened is read from the database, not from the answer, and undone before the next cell.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import press
from articles.models import Actor, Article, Event, Image, Story
from articles.permissions import Role
from articles.workflow import Status
from tests import factories
from tests.admin.pages import fields

ROLES = [role.value for role in Role]
NONE, OWN, DESK, NOT_OWN_DESK = set(), {"own"}, {"own", "desk"}, {"desk"}
ASKED, OTHERS = {"asked"}, {"desk", "asked", "elsewhere"}
ALL = {"own", "desk", "asked", "elsewhere"}

# what is done → where the story stands → role → on which of the four stories it happens; a role not named: on none
TABLE = {
    "read": {
        "draft": {"Writer": OWN, "Editor": DESK, "Reviewer": ASKED, "Publisher": ALL},
        "in_review": {"Writer": OWN, "Editor": DESK, "Reviewer": ALL, "Publisher": ALL},
        "on_hold": {"Writer": OWN, "Editor": DESK, "Reviewer": ALL, "Publisher": ALL},
        "approved": {"Writer": OWN, "Editor": DESK, "Reviewer": ASKED, "Publisher": ALL},
        "published": {"Writer": OWN, "Editor": DESK, "Reviewer": ASKED, "Publisher": ALL},
    },
    "edit": {
        "draft": {"Writer": OWN, "Editor": DESK, "Publisher": ALL},
        "changes_asked": {"Writer": OWN, "Editor": DESK, "Publisher": ALL},
        "in_review": {"Editor": DESK, "Publisher": ALL},
        "approved": {"Editor": DESK, "Publisher": ALL},
        "published": {},
    },
    "delete": {
        "draft": {"Writer": OWN, "Editor": DESK, "Publisher": ALL},
        "in_review": {},
        "published": {},
    },
    "submit": {"draft": {"Writer": OWN, "Editor": DESK, "Publisher": ALL}},
    "take_back": {"in_review": {"Writer": OWN, "Editor": DESK, "Publisher": ALL}},
    "approve": {"in_review": {"Editor": NOT_OWN_DESK, "Reviewer": OTHERS, "Publisher": OTHERS}},
    "return_to_writer": {"in_review": {"Editor": NOT_OWN_DESK, "Reviewer": OTHERS, "Publisher": OTHERS}},
    "place_hold": {"in_review": {"Editor": DESK, "Reviewer": ALL, "Publisher": ALL}},
    "lift_hold": {"on_hold": {"Reviewer": OTHERS}},
    "publish": {"approved": {"Publisher": ALL}, "draft": {}, "in_review": {}},
    "schedule": {"approved": {"Publisher": ALL}, "draft": {}},
    "unschedule": {"scheduled": {"Publisher": ALL}},
    "set_embargo": {"draft": {"Publisher": ALL}},
    "lift_embargo": {"embargoed": {"Publisher": ALL}},
    "revise": {"published": {"Editor": DESK, "Publisher": ALL}},
    "withdraw": {"published": {"Publisher": ALL}},
    "kill": {"draft": {"Editor": DESK, "Publisher": ALL}},
    "revive": {"killed": {"Editor": DESK, "Publisher": ALL}},
}
ROWS = [(act, state) for act, states in TABLE.items() for state in states]
CELLS = [(role, story) for role in ROLES for story in sorted(ALL)]


@pytest.fixture
def cells(db, people, client_of):
    """Gives each role's client with each of the four stories in a state; what is done there is undone."""

    def build(state):
        world, courts = factories.desk(), factories.desk("Courts", "courts")
        persons = {role: factories.person(f"me-{role.lower()}", role) for role in ROLES}
        world.members.add(*persons.values())
        shared = {"desk": _story(state, people, world), "elsewhere": _story(state, people, courts)}
        for role, story in CELLS:
            with transaction.atomic():
                if story in shared:
                    article = Article.objects.get(pk=shared[story].pk)
                else:
                    tied = {"writer": persons[role]} if story == "own" else {"reviewer": persons[role]}
                    article = _story(state, people, courts, **tied)
                yield role, story, client_of(persons[role]), article
                transaction.set_rollback(True)

    return build


def _story(state, people, desk, writer=None, reviewer=None):
    """A story of that state that nobody of the cells has a part in, but for who is named."""
    article = factories.article(writer or people.outsider, desk, reviewer=reviewer)
    _bring(article, state, people)
    return Article.objects.get(pk=article.pk)


def _bring(article, state, people):
    """To the state, by people who are none of the four."""
    if state == "embargoed":
        article.set_embargo(by=people.publisher, condition="the court has risen")
        return
    steps = {
        "draft": "",
        "in_review": "submit",
        "changes_asked": "submit return",
        "approved": "submit approve",
        "scheduled": "submit approve schedule",
        "published": "submit approve publish",
        "on_hold": "hold",
        "killed": "kill",
    }[state].split()
    reviewer = article.reviewer_id
    acts = {
        "submit": lambda: article.submit(by=people.publisher),
        "approve": lambda: article.approve(by=people.reviewer),
        "return": lambda: article.return_to_writer(by=people.reviewer, note="More."),
        "schedule": lambda: article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=3)),
        "publish": lambda: press.publish(article, by=people.publisher),
        "hold": lambda: article.place_hold(by=people.publisher, note="Wait."),
        "kill": lambda: article.kill(by=people.publisher, note="No."),
    }
    for step in steps:
        acts[step]()
    Article.objects.filter(pk=article.pk).update(reviewer=reviewer)  # an approval claims; here nobody did


# --- the acts: each tries by HTTP and says whether it happened ------------------------------------------------------


def _url(name, article):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def read(client, article):
    """By the page, the list and its search."""
    page = client.get(_url("change", article)).status_code == 200
    listed = reverse("admin:articles_article_changelist")
    answers = [client.get(listed), client.get(f"{listed}?q={article.slug.rsplit('-', 1)[0].split('-')[0]}")]
    in_list = {article.headline in answer.content.decode() for answer in answers if answer.status_code == 200}
    assert in_list <= {page}, "the list and the page say the same"
    return page


def edit(client, article):
    """By the form, with fields forged into it that are nobody's to send."""
    answer = client.get(_url("change", article))
    if answer.status_code == 200 and 'name="headline"' in answer.content.decode():
        values = fields(answer)
    else:
        values = {"seen_version": article.version, "body": article.body, "language": "en", "genre": "news"}
        for prefix in ("bylines", "image_items", "attributions", "quotes"):
            values |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    forged = {"status": "published", "writer": "1", "approved_revision": "1", "embargo_condition": "", "version": "99"}
    client.post(_url("change", article), values | forged | {"headline": "Edited by me", "_continue": "1"})
    after = Article.objects.get(pk=article.pk)
    assert after.writer_id == article.writer_id
    assert after.status != "published" or article.status == "published"
    return after.headline == "Edited by me"


def delete(client, article):
    """By its page; the list offers no deletion in bulk."""
    listed = reverse("admin:articles_article_changelist")
    client.post(listed, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
    assert Article.objects.filter(pk=article.pk).exists()
    client.post(_url("delete", article), {"post": "yes"})
    return not Article.objects.filter(pk=article.pk).exists()


INPUTS = {
    "schedule": lambda: {
        "publish_at_0": f"{timezone.localtime() + timedelta(days=2):%Y-%m-%d}",
        "publish_at_1": "12:00",
        "publish_at": f"{timezone.localtime() + timedelta(days=2):%Y-%m-%d}T12:00",
    },
    "set_embargo": lambda: {"embargo_condition": "the report is laid"},
    "place_hold": lambda: {"hold_kind": "standards"},
}


def move(verb):
    """By the button's address, as a form or forged."""

    def act(client, article):
        before = Event.objects.filter(article=article.pk, verb=verb).count()
        extra = INPUTS.get(verb, dict)()
        values = {"verb": verb, "note": "Because.", "version": article.version, **extra}
        client.post(_url("move", article), values)
        return Event.objects.filter(article=article.pk, verb=verb).count() == before + 1

    return act


def bulk(verb):
    """By the page of one move on several stories, forged where the person is not offered it."""

    def act(client, article):
        before = Event.objects.filter(article=article.pk, verb=verb).count()
        values = {"verb": verb, "note": "Because.", "story": article.pk, f"version-{article.pk}": article.version}
        client.post(reverse("admin:articles_article_moves"), values | INPUTS.get(verb, dict)())
        return Event.objects.filter(article=article.pk, verb=verb).count() == before + 1

    return act


ACTS = {"read": read, "edit": edit, "delete": delete}


def walked(cells, act, state, does):
    """The cells in which the act happens or not as the table does not say; what does not happen changes nothing."""
    wrong, seen = [], 0
    for role, story, client, article in cells(state):
        seen += 1
        happened = does(client, article)
        if happened != (story in TABLE[act][state].get(role, NONE)):
            wrong.append((role, story, happened))
        if not happened and act not in ("read", "edit"):
            assert Article.objects.get(pk=article.pk).status == article.status, (role, story)
    assert seen == len(CELLS) == 4 * len(ROLES)
    return wrong


@pytest.mark.parametrize(("act", "state"), ROWS)
def test_every_cell_by_page_and_forged_post(act, state, cells):
    assert walked(cells, act, state, ACTS.get(act, move(act))) == []


@pytest.mark.parametrize(("act", "state"), [row for row in ROWS if row[0] not in ("read", "edit", "delete")])
def test_every_cell_of_a_move_by_the_page_of_several(act, state, cells):
    assert walked(cells, act, state, bulk(act)) == []


# --- what does not hang on one story --------------------------------------------------------------------------------


def _post_article(client):
    values = {"headline": "Mine", "body": "<p>Words.</p>", "language": "en", "genre": "news", "priority": "3"}
    for prefix in ("bylines", "image_items", "attributions", "quotes"):
        values |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return values


def create_draft(client):
    """By the form, in a popup and by importing."""
    url, before = reverse("admin:articles_article_add"), Article.objects.count()
    made = []
    for address, values in (
        (url, _post_article(client)),
        (f"{url}?_popup=1", {**_post_article(client), "_popup": "1"}),
        (reverse("admin:articles_article_import"), {"text": "A headline of mine\n\nA paragraph of plain words."}),
    ):
        client.post(address, values)
        made.append(Article.objects.count() > before)
        before = Article.objects.count()
    assert len(set(made)) == 1, made
    return made[0]


def upload_image(client):
    """By the form of images."""
    picture = factories.image()
    before = Image.objects.count()
    with picture.file.open("rb") as file:
        client.post(
            reverse("admin:articles_image_add"), {"file": file, "alt": "A gate", "focal_x": 0.5, "focal_y": 0.5}
        )
    return Image.objects.count() == before + 1


def edit_actor(client):
    """By the form of an actor."""
    actor = factories.actor("Old Name", slug="old-name")
    url = reverse("admin:articles_actor_change", args=[actor.pk])
    values = {
        "name": "New Name",
        "slug": "new-name",
        "kind": "person",
        "description": "",
        "wikidata_id": "",
        "code": "",
    }
    empty = {f"{rows}-{kind}_FORMS": 0 for rows in ("aliases", "positions") for kind in ("TOTAL", "INITIAL")}
    client.post(url, values | empty)
    return Actor.objects.filter(name="New Name").exists()


def delete_actor(client):
    """By its page and in bulk."""
    one, other = factories.actor("One", slug="one"), factories.actor("Other", slug="other")
    client.post(reverse("admin:articles_actor_delete", args=[one.pk]), {"post": "yes"})
    listed = reverse("admin:articles_actor_changelist")
    client.post(listed, {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"})
    left = Actor.objects.filter(pk__in=[one.pk, other.pk]).count()
    assert left in (0, 2), "both doors say the same"
    return left == 0


def manage_users(client):
    """By the list of accounts and of roles."""
    answers = {client.get(reverse(f"admin:auth_{name}_changelist")).status_code == 200 for name in ("user", "group")}
    assert len(answers) == 1
    return answers.pop()


ROOMS = {
    create_draft: {"Writer", "Editor", "Publisher"},
    upload_image: {"Writer", "Editor", "Publisher"},
    edit_actor: {"Editor", "Publisher", "Admin"},
    delete_actor: {"Publisher", "Admin"},
    manage_users: {"Admin"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ROOMS, ids=lambda act: act.__name__)
def test_every_room_opens_to_its_roles_alone(act, role, client_of, db):
    assert act(client_of(factories.person("me", role))) == (role in ROOMS[act])


@pytest.mark.parametrize("role", [*ROLES, None])
def test_everybody_reads_what_is_published(role, story, client_of):
    person = factories.person("me", role) if role else None
    assert client_of(person).get(story.get_absolute_url()).status_code == 200
    assert client_of(person).get("/").status_code == 200


@pytest.mark.parametrize("role", ["Writer", "Editor", "Reviewer", "Admin", None])
def test_a_strangers_forged_moves_do_nothing_and_are_told_nothing(role, article, client_of, db):
    """On a story one may not read every verb answers as on one that never was."""
    person = factories.person("me", role) if role else None
    client = client_of(person)
    for verb in [act for act in TABLE if act not in ACTS]:
        answers = [
            client.post(
                reverse("admin:articles_article_move", args=[pk]),
                {"verb": verb, "note": "x", "version": article.version, **INPUTS.get(verb, dict)()},
            )
            for pk in (article.pk, article.pk + 9999)
        ]
        assert len({answer.status_code for answer in answers}) == 1, verb
    assert Article.objects.get(pk=article.pk).status == Status.DRAFT
    assert not Event.objects.filter(article=article.pk).exists()
    assert not Story.objects.exists()
