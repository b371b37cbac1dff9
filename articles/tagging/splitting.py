"""One name that stood for two: some stories of an actor go to a new one."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from .. import auditing, dossiers, press
from ..models import (
    Actor,
    ActorAlias,
    ActorRelation,
    Article,
    ArticleActor,
    Attribution,
    Claim,
    FormerActor,
    Quote,
    Revision,
    RightOfReply,
    Source,
    SplitActor,
    Story,
)
from .merging import may_merge

LISTED = 500


class CannotSplit(Exception):  # noqa: N818  (reads as the newsroom says it)
    """This cannot be split so; the message is a sentence for the person who tried."""


def stories_to_split(actor: Actor, user: Any) -> list[tuple[int, str]]:
    """(key, headline) of the newest stories that name `actor`: working copies `user` may read, and stories in print."""
    named = Q(actor_items__tag=actor) | Q(quotes__speaker=actor) | Q(claims__actors=actor) | Q(replies__actor=actor)
    drafts = Article.objects.visible_to(user).filter(pk__in=Article.objects.filter(named).values("pk"))
    found = dict(drafts.order_by("-pk").values_list("pk", "headline")[:LISTED])
    printed = Story.objects.filter(Q(actor_rows__tag=actor) | Q(quotes__speaker=actor)).distinct()
    found |= dict(printed.order_by("-pk").values_list("pk", "headline")[:LISTED])
    return sorted(found.items(), reverse=True)[:LISTED]


@transaction.atomic
def split(actor: Actor, name: str, *, stories: Iterable[int], aliases: Iterable[int] = (), by: Any) -> Actor:
    """A new actor `name` takes over these stories of `actor` and these other names; returns it.

    In them it is tagged, speaks, is asked and accused in the place of `actor`; a source goes along that is used in no
    other story. Editions in print are printed anew. `merge` takes it back. Raises `PermissionDenied`, `CannotSplit`.
    """
    if not may_merge(by):
        raise PermissionDenied("delete_tags is not for this person")
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    name, known = name.strip(), dict(stories_to_split(actor, by))
    chosen = [pk for pk in stories if pk in known]
    if not name:
        raise CannotSplit(_("Give the new one a name."))
    if Actor.objects.filter(name=name).exists():
        sentence = _("“%(name)s” is in the vocabulary already: give the new one a name that tells it apart.")
        raise CannotSplit(sentence % {"name": name})
    if not chosen:
        raise CannotSplit(_("Choose the stories that are about the other one."))
    new = Actor.objects.create(name=name, kind=actor.kind)
    _keep_keys(actor, new, chosen)
    for model, column, story in (
        (ArticleActor, "tag", "content_object"),
        (Quote, "speaker", "article"),
        (RightOfReply, "actor", "article"),
        (Claim.actors.through, "actor", "claim__article"),
        (ActorRelation, "actor", "attribution__article"),
        (ActorRelation, "other", "attribution__article"),
    ):
        rows = model._default_manager.filter(**{column: actor, f"{story}__in": chosen}).values_list("pk", flat=True)
        model._default_manager.filter(pk__in=list(rows)).update(**{column: new})
    elsewhere = Attribution.objects.filter(source__actor=actor).exclude(article__in=chosen).values("source")
    here = Attribution.objects.filter(source__actor=actor, article__in=chosen).exclude(source__in=elsewhere)
    Source.objects.filter(pk__in=set(here.values_list("source", flat=True))).update(actor=new)
    ActorAlias.objects.filter(actor=actor, pk__in=list(aliases)).update(actor=new)
    details = {"stories": [None, len(chosen)], "of": [None, f"{auditing.subject_of(actor)} {actor.name}"]}
    auditing.record("split", new, by=by, details=details)
    press.reprint(chosen)
    for each in (actor, new):
        dossiers.refresh(*dossiers.naming_it(each))
    return new


def _keep_keys(actor: Actor, new: Actor, stories: list[int]) -> None:
    """What was saved of these stories until now says `actor`, under any key it ever had, and means `new`."""
    SplitActor.objects.filter(actor=actor, article__in=stories).update(actor=new)
    keys = [actor.pk, *FormerActor.objects.filter(actor=actor).values_list("pk", flat=True)]
    latest = Revision.objects.filter(article__in=stories).values("article").annotate(upto=Max("pk"))
    SplitActor.objects.bulk_create(
        [SplitActor(article_id=row["article"], was=key, upto=row["upto"], actor=new) for row in latest for key in keys],
        ignore_conflicts=True,
    )
