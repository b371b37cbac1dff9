"""Two names for one thing become one: an actor or a topic is merged into another.

Revisions and editions are never rewritten. They keep the key of the row that is gone, and `FormerActor` or
`FormerTopic` says which row stands for it, so that old stories print with the new name.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from . import auditing, permissions, press
from .models import (
    Actor,
    ActorAlias,
    ActorRelation,
    Article,
    ArticleActor,
    ArticleTopic,
    Claim,
    Event,
    FormerActor,
    FormerTopic,
    Position,
    Quote,
    RightOfReply,
    Source,
    StoryActor,
    StoryQuote,
    StoryTopic,
    Topic,
    TopicAlias,
)
from .models.tags import AliasKind

Tag = Actor | Topic
CARRIED = ("description", "image", "wikidata_id", "code", "iptc_code")  # kept where the other has none


class CannotMerge(Exception):  # noqa: N818  (reads as the newsroom says it)
    """These two cannot become one; the message is a sentence for the person who tried."""


def may_merge(user: Any) -> bool:
    """Whether this person may make one tag of two."""
    return bool(permissions.scopes(permissions.roles_of(user), "delete_tags"))


def uses_of(tag: Tag, user: Any) -> dict[str, int]:
    """What a merge moves, as far as `user` may know: articles, stories in print, quotes, names, topics beneath."""
    articles = Article.objects.visible_to(user).values("pk")
    if isinstance(tag, Actor):
        return {
            "articles": ArticleActor.objects.filter(tag=tag, content_object__in=articles).count(),
            "stories": StoryActor.objects.filter(tag=tag).count(),
            "quotes": Quote.objects.filter(speaker=tag, article__in=articles).count(),
            "names": tag.aliases.count(),
        }
    return {
        "articles": ArticleTopic.objects.filter(tag=tag, content_object__in=articles).count(),
        "stories": StoryTopic.objects.filter(tag=tag).count(),
        "children": tag.children.count(),
        "names": tag.aliases.count(),
    }


def reason_against(tag: Tag, into: Tag) -> str:
    """Why they cannot become one; empty when they can."""
    if type(tag) is not type(into):
        return _("An actor is merged into an actor, a topic into a topic.")
    if tag.pk == into.pk:
        return _("Choose another one: nothing is merged into itself.")
    if isinstance(tag, Actor) and tag.kind != into.kind:
        kinds = {"one": tag.get_kind_display(), "other": into.get_kind_display()}
        return _("One is a %(one)s, the other a %(other)s: give both the same kind first.") % kinds
    if isinstance(tag, Topic) and tag in into.ancestors():
        return _("“%(into)s” lies beneath “%(tag)s”: merge it the other way round.") % {"into": into, "tag": tag}
    return ""


@transaction.atomic
def merge(tag: Tag, into: Tag, *, by: Any) -> Event:
    """Make `into` of both: it takes over stories, quotes, sources, names and what lies beneath; `tag` is deleted.

    The stories of both are printed anew. All of it or nothing. Raises `PermissionDenied` or `CannotMerge`.
    """
    if not may_merge(by):
        raise PermissionDenied("delete_tags is not for this person")
    if type(tag) is type(into):
        locked = type(tag).objects.select_for_update().in_bulk([tag.pk, into.pk])
        if len(locked) < len({tag.pk, into.pk}):
            raise CannotMerge(_("One of the two is not there any more: somebody merged or deleted it meanwhile."))
        tag, into = locked[tag.pk], locked[into.pk]
    if reason := reason_against(tag, into):
        raise CannotMerge(reason)
    stories, names = press.stories_of(tag), list(tag.aliases.values_list("name", flat=True))
    (_move_actor if isinstance(tag, Actor) else _move_topic)(tag, into)
    key, name = tag.pk, tag.name
    details = {
        "into": [None, f"{auditing.subject_of(into)} {into.name}"],
        "stories_in_print": [None, len(stories)],
        "names": [None, ", ".join([name, *names])],
    }
    event = auditing.record("merge", tag, by=by, details=details)
    carried = {field: getattr(tag, field) for field in CARRIED if hasattr(tag, field) and getattr(tag, field)}
    tag.delete()
    _carry(into, carried)
    _keep_name(into, name)
    former = {"id": key, "slug": tag.slug}
    if isinstance(into, Actor):
        FormerActor.objects.create(actor=into, **former)
    else:
        FormerTopic.objects.create(topic=into, **former)
    press.reprint(stories)
    return event


def _move_actor(tag: Actor, into: Actor) -> None:
    _move_items(ArticleActor, tag, into)
    Quote.objects.filter(speaker=tag).update(speaker=into)
    StoryQuote.objects.filter(speaker=tag).update(speaker=into)
    Source.objects.filter(actor=tag).update(actor=into)
    RightOfReply.objects.filter(actor=tag).update(actor=into)
    _move_items(Claim.actors.through, tag, into, at="actor", of="claim")
    _move_relations(tag, into)
    Position.objects.filter(actor=tag).update(actor=into)
    Position.objects.filter(body=tag).update(body=into)
    known = set(into.aliases.values_list("name", flat=True))
    ActorAlias.objects.filter(actor=tag).exclude(name__in=known).update(actor=into)
    FormerActor.objects.filter(actor=tag).update(actor=into)


def _move_topic(tag: Topic, into: Topic) -> None:
    _move_items(ArticleTopic, tag, into)
    Topic.objects.filter(parent=tag).update(parent=into)
    known = set(into.aliases.values_list("name", flat=True))
    TopicAlias.objects.filter(topic=tag).exclude(name__in=known).update(topic=into)
    FormerTopic.objects.filter(topic=tag).update(topic=into)


def _move_items(through: Any, tag: Tag, into: Tag, *, at: str = "tag", of: str = "content_object") -> None:
    """Tag with `into` what carries `tag`; what carries both loses one."""
    carrying_both = through.objects.filter(**{at: into}).values(of)
    through.objects.filter(**{at: tag, f"{of}__in": carrying_both}).delete()
    through.objects.filter(**{at: tag}).update(**{at: into})


def _move_relations(tag: Actor, into: Actor) -> None:
    """What the two were to each other falls away: nobody opposes or leads themselves."""
    ActorRelation.objects.filter(actor__in=(tag, into), other__in=(tag, into)).delete()
    ActorRelation.objects.filter(actor=tag).update(actor=into)
    ActorRelation.objects.filter(other=tag).update(other=into)


def _carry(into: Tag, carried: dict[str, Any]) -> None:
    """Fill with what the other had what `into` has not."""
    missing = {field: value for field, value in carried.items() if not getattr(into, field)}
    for field, value in missing.items():
        setattr(into, field, value)
    if missing:
        into.save(update_fields=list(missing))


def _keep_name(into: Tag, name: str) -> None:
    """The old name goes on finding it."""
    if name == into.name:
        return
    if isinstance(into, Actor):
        ActorAlias.objects.get_or_create(actor=into, name=name, defaults={"kind": AliasKind.ALIAS})
    else:
        TopicAlias.objects.get_or_create(topic=into, name=name)
