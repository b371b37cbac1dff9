"""Makes the things of a newsroom for tests, through the same verbs as the desk. All names are invented."""

import io

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from articles import anchoring, press
from articles.models import (
    Actor,
    Article,
    Attribution,
    Byline,
    Contributor,
    Desk,
    Image,
    Quote,
    Source,
    Story,
    Topic,
)

BODY = (
    "<p>The harbour at Port Selm stayed closed for a third day.</p>"
    "<p>“We will not reopen it before the channel is swept,” the harbour master, Ilse Maran, said on Monday.</p>"
    "<p>Ships waited off the breakwater, port records showed.</p>"
)
WORDS = "We will not reopen it before the channel is swept,"


def person(username, *roles, **fields):
    """A member of staff with these roles."""
    user = get_user_model().objects.create_user(username, password="a long enough phrase", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def persons(roles):
    """Several at once, in as many queries as one: user name → role."""
    password = make_password("a long enough phrase")
    users = get_user_model().objects.bulk_create(
        get_user_model()(username=username, password=password, is_staff=True) for username in roles
    )
    groups = dict(Group.objects.values_list("name", "pk"))
    member = get_user_model().groups.through
    member.objects.bulk_create(
        member(user_id=user.pk, group_id=groups[role]) for user, role in zip(users, roles.values(), strict=True)
    )
    return users


def desk(name="World", slug="world"):
    """A desk."""
    return Desk.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def actor(name="Ilse Maran", kind="person", **fields):
    """An actor of the vocabulary."""
    return Actor.objects.get_or_create(name=name, defaults={"kind": kind, **fields})[0]


def topic(name="Shipping", parent=None, **fields):
    """A topic of the vocabulary."""
    return Topic.objects.get_or_create(name=name, defaults={"parent": parent, **fields})[0]


def image(**fields):
    """A small grey picture with everything a reader needs to know of it."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (64, 40), "#888").save(buffer, "JPEG")
    values = {"alt": "A closed harbour gate", "credit": "Drawing: The Record", "caption": "The gate."} | fields
    return Image.objects.create(file=ContentFile(buffer.getvalue(), "gate.jpg"), **values)


def quote(article, words=WORDS, **fields):
    """A record of `words`, anchored where they stand in the body of `article`."""
    text = article.text()
    start = text.index(words)
    anchor = anchoring.make(text, start, start + len(words))
    values = {"obtained_via": "press_conference", "is_undated": True} | fields
    made = Quote(article=article, text=words, prefix=anchor.prefix, suffix=anchor.suffix, **values)
    if "verification" not in values:
        made.check_words("verified", by=article.writer, method="against the recording")
    made.save()
    return made


def attribution(article, label="Port authority statement", **fields):
    """A source used in `article`; fields of the source go by `source_…`."""
    source = {name.removeprefix("source_"): fields.pop(name) for name in list(fields) if name.startswith("source_")}
    values = {"wording": "the harbour master"} | fields
    made = Attribution.objects.create(
        article=article, source=Source.objects.create(label=label, **({"kind": "person"} | source)), **values
    )
    return agree(made) if made.is_anonymous else made


def agree(made):
    """An unnamed source with everything that has to be agreed, known and approved before print."""
    made.anonymity_reason = made.anonymity_reason or "employment"
    made.anonymity_wording = made.anonymity_wording or made.get_anonymity_reason_display()
    made.basis_of_knowledge = made.basis_of_knowledge or "was there"
    made.save()
    senior = get_user_model().objects.filter(username="senior").first() or person("senior", "Publisher")
    made.note_known(by=senior)
    made.approve(by=senior)
    return made


def article(writer, desk=None, **fields):
    """A draft that passes every check: one quote with speaker and source, a byline, an actor and a topic."""
    number = Article.objects.count() + 1
    values = {
        "headline": f"Port Selm harbour stays closed, day {number}",
        "standfirst": "The channel has to be swept first, the harbour master says.",
        "slug": f"port-selm-harbour-closed-{number}",
        "body": BODY,
    } | fields
    made = Article.objects.create(writer=writer, desk=desk, **values)
    if values["body"] == BODY:
        speaker = actor()
        quote(made, speaker=speaker, attribution=attribution(made, source_actor=speaker), role="harbour master")
        made.actor_items.create(tag=speaker)
    made.topic_items.create(tag=topic())
    sign(made, writer)
    made.record_revision(by=writer)
    return made


def sign(article, writer):
    """Put `writer` into the byline."""
    contributor, _new = Contributor.objects.get_or_create(
        user=writer, defaults={"name": writer.username.title(), "slug": writer.username}
    )
    Byline.objects.create(article=article, contributor=contributor)


def approve(article, people):
    """Take a draft through review."""
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    return article


def publish(article, people, **options):
    """Take a draft the whole way; returns the story."""
    approve(article, people)
    press.publish(article, by=people.publisher, **options)
    return Story.objects.get(pk=article.pk)
