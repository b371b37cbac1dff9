"""An actor or a topic is merged into another; what was moved is kept, so that the merge can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import auditing, dossiers, permissions, press
from ..models import (
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
    LearnedTopic,
    Position,
    Quote,
    RightOfReply,
    Source,
    SplitActor,
    StoryActor,
    StoryRelation,
    StoryTopic,
    TagMerge,
    Topic,
    TopicAlias,
)
from ..models.tags import AliasKind

Tag = Actor | Topic
CARRIED = ("description", "image", "wikidata_id", "code", "iptc_code")  # kept where the other has none


@dataclass(frozen=True)
class Column:
    """A column that names a tag. `once` are the other columns of a row that may stand only once for each tag."""

    model: type[models.Model]
    name: str
    what: str
    once: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How the record of a merge names it."""
        return f"{self.model._meta.model_name}.{self.name}"

    def rows(self, tag: Tag) -> models.QuerySet:
        """The rows that name `tag`."""
        return self.model._default_manager.filter(**{self.name: tag})

    def doubles(self, tag: Tag, into: Tag) -> models.QuerySet:
        """The rows of `tag` that `into` has already."""
        if not self.once:
            return self.model._default_manager.none()
        same = {other: models.OuterRef(other) for other in self.once}
        return self.rows(tag).filter(models.Exists(self.rows(into).filter(**same)))


MOVED: dict[type[Tag], tuple[Column, ...]] = {
    Actor: (
        Column(ArticleActor, "tag", "articles", ("content_object",)),
        Column(Quote, "speaker", "quotes"),
        Column(Source, "actor", "sources"),
        Column(RightOfReply, "actor", "replies"),
        Column(Claim.actors.through, "actor", "claims", ("claim",)),
        Column(ActorRelation, "actor", "relations"),
        Column(ActorRelation, "other", "relations"),
        Column(Position, "actor", "positions"),
        Column(Position, "body", "positions"),
        Column(ActorAlias, "actor", "names", ("name",)),
        Column(FormerActor, "actor", ""),
        Column(SplitActor, "actor", ""),
    ),
    Topic: (
        Column(ArticleTopic, "tag", "articles", ("content_object",)),
        Column(Topic, "parent", "children"),
        Column(TopicAlias, "topic", "names", ("name",)),
        Column(FormerTopic, "topic", ""),
    ),
}
"""Every column of the desk's tables that names an actor or a topic; those of readers' tables are printed anew."""

ARTICLE_OF = {
    "articleactor.tag": "content_object",
    "articletopic.tag": "content_object",
    "quote.speaker": "article",
    "rightofreply.actor": "article",
    "claim_actors.actor": "claim__article",
}
"""Where a column's rows belong to a story: how they lead there. They are counted only to who may read it."""


class CannotMerge(Exception):  # noqa: N818  (reads as the newsroom says it)
    """These two cannot become one; the message is a sentence for the person who tried."""


class CannotUndo(Exception):  # noqa: N818
    """This merge cannot be taken back; the message is a sentence for the person who tried."""


def may_merge(user: Any) -> bool:
    """Whether this person may make one tag of two, and two of one."""
    return bool(permissions.scopes(permissions.roles_of(user), "delete_tags"))


def uses_of(tag: Tag, user: Any) -> dict[str, int]:
    """What a merge moves, as far as `user` may know: what → how many, over all tables."""
    readable = Article.objects.visible_to(user).values("pk")
    found: dict[str, int] = {}
    for column in MOVED[type(tag)]:
        if not column.what:
            continue
        rows = column.rows(tag)
        if column.key in ARTICLE_OF:
            rows = rows.filter(**{f"{ARTICLE_OF[column.key]}__in": readable})
        if column.model is Source:
            rows = rows.filter(pk__in=Source.objects.visible_to(user).values("pk"))
        found[column.what] = found.get(column.what, 0) + rows.count()
    in_print = StoryActor if isinstance(tag, Actor) else StoryTopic
    return found | {"stories": in_print.objects.filter(tag=tag).count()}


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
    """Make `into` of both: it takes over whatever names `tag`, which is deleted; its name and address lead to `into`.

    The stories of both are printed anew, and what was moved is kept for `undo`. All of it or nothing. Raises
    `PermissionDenied` or `CannotMerge`.
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
    stories, whose = press.stories_of(tag), _whose(tag)
    names = list(tag.aliases.values_list("name", flat=True))
    told = {"tag": _values([tag])[0], "dropped": _dropped(tag, into), "moved": _move(tag, into), "stories": stories}
    key, name = tag.pk, tag.name
    details = {
        "into": [None, f"{auditing.subject_of(into)} {into.name}"],
        "stories_in_print": [None, len(stories)],
        "names": [None, ", ".join([name, *names])],
    }
    event = auditing.record("merge", tag, by=by, details=details)
    carried = {field: getattr(tag, field) for field in CARRIED if hasattr(tag, field) and getattr(tag, field)}
    if isinstance(tag, Topic):
        LearnedTopic.objects.filter(topic=tag).delete()  # what both teach is learned with the next `learn_tags`
    tag.delete()
    told["carried"] = _carry(into, carried)
    told["alias"] = _keep_name(into, name)
    former = {"id": key, "slug": tag.slug}
    if isinstance(into, Actor):
        FormerActor.objects.create(actor=into, **former)
    else:
        FormerTopic.objects.create(topic=into, **former)
    TagMerge.objects.create(vocabulary=_vocabulary(into), kept=into.pk, gone=key, record=told, by=by)
    press.reprint(stories)
    _tell_anew(whose, _whose(into))
    return event


def latest_merges(tag: Tag) -> models.QuerySet:
    """What was merged into `tag` and not taken back, newest first."""
    merges = TagMerge.objects.filter(vocabulary=_vocabulary(tag), kept=tag.pk, undone_at=None)
    return merges.select_related("by").order_by("-at", "-pk")


@transaction.atomic
def undo(merge_made: TagMerge, *, by: Any) -> Tag:
    """Take a merge back: the one that went stands again under its key, name and address, with what was moved.

    What came to the other since stays there. Raises `PermissionDenied` or `CannotUndo`; then nothing has changed.
    """
    if not may_merge(by):
        raise PermissionDenied("delete_tags is not for this person")
    made = TagMerge.objects.select_for_update().get(pk=merge_made.pk)
    model = Actor if made.vocabulary == "actor" else Topic
    into = model.objects.select_for_update().filter(pk=made.kept).first()
    if reason := _reason_against_undoing(made, model, into):
        raise CannotUndo(reason)
    (FormerActor if model is Actor else FormerTopic).objects.filter(pk=made.gone).delete()
    _uncarry(into, made.record["carried"])
    if made.record["alias"]:
        into.aliases.filter(pk=made.record["alias"]).delete()
    tag = _restore(model, made.record["tag"])
    for column in MOVED[model]:
        _move_back(column, tag, into, made.record["moved"].get(column.key, []))
        for values in made.record["dropped"].get(column.key, []):
            _restore_row(column.model, values)
    made.undone_by, made.undone_at = by, timezone.now()
    made.save(update_fields=["undone_by", "undone_at"])
    auditing.record("unmerge", tag, by=by, details={"into": [f"{auditing.subject_of(into)} {into.name}", None]})
    press.reprint({*made.record["stories"], *press.stories_of(into)})
    _tell_anew(_whose(into), _whose(tag))
    return tag


def _reason_against_undoing(made: TagMerge, model: type[Tag], into: Tag | None) -> str:
    told = made.record["tag"]
    if made.undone_at is not None:
        return _("That was taken back already.")
    if into is None:
        return _("What it was merged into is gone itself: take that merge back first.")
    taken = model.objects.filter(models.Q(pk=made.gone) | models.Q(slug=told["slug"]) | models.Q(name=told["name"]))
    if other := taken.first():
        return _("Another entry has its name or address by now: “%(name)s”. Rename that one first.") % {"name": other}
    former = FormerActor if model is Actor else FormerTopic
    stands = former.objects.filter(pk=made.gone).values_list("actor" if model is Actor else "topic", flat=True).first()
    if stands != made.kept:
        return _("It was merged on from there: take the later merge back first.")
    if told.get("code") and model.objects.filter(code=told["code"]).exclude(pk=made.kept).exists():
        return _("Another state has its country code by now.")
    return ""


def _whose(tag: Tag) -> tuple[set[int], set[int]]:
    """Whose dossiers name it: keys of actors, keys of topics."""
    return dossiers.naming_it(tag) if isinstance(tag, Actor) else (set(), {tag.pk})


def _tell_anew(*named: tuple[set[int], set[int]]) -> None:
    dossiers.refresh(*(set().union(*keys) for keys in zip(*named, strict=True)))


def _vocabulary(tag: Tag) -> str:
    return "actor" if isinstance(tag, Actor) else "topic"


def _values(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """The rows as plain values that JSON keeps."""
    encoder = DjangoJSONEncoder()
    plain = (str, int, float, bool, type(None), list, dict)
    return [
        {
            field.attname: value if isinstance(value := getattr(row, field.attname), plain) else encoder.default(value)
            for field in row._meta.concrete_fields
        }
        for row in rows
    ]


def _dropped(tag: Tag, into: Tag) -> dict[str, list[dict[str, Any]]]:
    """Delete what cannot go over, and say what it was: what both have, and what the two were to each other."""
    dropped = {}
    if isinstance(tag, Actor):  # nobody opposes or leads themselves
        between = ActorRelation.objects.filter(actor__in=(tag, into), other__in=(tag, into))
        dropped["actorrelation.actor"] = _values(between)
        between.delete()
    for column in MOVED[type(tag)]:
        if column.once:
            doubles = column.doubles(tag, into)
            dropped[column.key] = _values(doubles)
            column.model._default_manager.filter(pk__in=[values["id"] for values in dropped[column.key]]).delete()
    return {key: rows for key, rows in dropped.items() if rows}


def _move(tag: Tag, into: Tag) -> dict[str, list[int]]:
    """Have every row name `into` that named `tag`; column → the keys of its rows."""
    moved = {}
    for column in MOVED[type(tag)]:
        if keys := list(column.rows(tag).order_by("pk").values_list("pk", flat=True)):
            moved[column.key] = keys
            column.rows(tag).update(**{column.name: into})
    if isinstance(tag, Actor):
        StoryRelation.objects.filter(models.Q(actor=tag) | models.Q(other=tag)).delete()  # printed anew
    return moved


BATCH = 500  # keys in one query


def _move_back(column: Column, tag: Tag, into: Tag, keys: list[int]) -> None:
    """What still names `into` names `tag` again, unless it does so already in another row."""
    for start in range(0, len(keys), BATCH):
        rows = column.rows(into).filter(pk__in=keys[start : start + BATCH])
        if column.once:
            same = {other: models.OuterRef(other) for other in column.once}
            rows = rows.exclude(models.Exists(column.rows(tag).filter(**same)))
        if column.model in (ActorRelation, Position):
            other = {"actor": "other", "other": "actor"}.get(column.name)
            rows = rows.exclude(**{other: tag}) if other and column.model is ActorRelation else rows
        column.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
            **{column.name: tag}
        )


def _restore(model: type[Tag], values: dict[str, Any]) -> Tag:
    """The row that went, under its old key; what it pointed at and is gone stays empty."""
    pointed = {
        field.attname: field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and values.get(field.attname)
    }
    gone = {
        name: None for name, related in pointed.items() if not related._default_manager.filter(pk=values[name]).exists()
    }
    tag = model(**values | gone)
    tag.save(force_insert=True)
    return tag


def _restore_row(model: type[models.Model], values: dict[str, Any]) -> None:
    """A row that was dropped, where what it belongs to is still there and nothing stands in its place."""
    fields = [field for field in model._meta.concrete_fields if field.is_relation and values.get(field.attname)]
    for field in fields:
        if not field.related_model._default_manager.filter(pk=values[field.attname]).exists():
            if not field.null:
                return
            values = values | {field.attname: None}
    values = {name: value for name, value in values.items() if name != "id"}
    uniques = [each.fields for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    uniques += model._meta.unique_together
    names = {field.name: field.attname for field in model._meta.concrete_fields}
    for unique in uniques:
        if model._default_manager.filter(**{names[name]: values[names[name]] for name in unique}).exists():
            return
    model._default_manager.create(**values)


def _carry(into: Tag, carried: dict[str, Any]) -> dict[str, Any]:
    """Fill with what the other had what `into` has not; says what was filled."""
    missing = {field: value for field, value in carried.items() if not getattr(into, field)}
    for field, value in missing.items():
        setattr(into, field, value)
    if missing:
        into.save(update_fields=list(missing))
    return {field: getattr(value, "pk", value) for field, value in missing.items()}


def _uncarry(into: Tag, carried: dict[str, Any]) -> None:
    """Take away what came from the other and was not changed since."""
    same = [name for name, value in carried.items() if getattr(getattr(into, name), "pk", getattr(into, name)) == value]
    for name in same:
        setattr(into, name, None if into._meta.get_field(name).null else "")
    if same:
        into.save(update_fields=same)


def _keep_name(into: Tag, name: str) -> int | None:
    """The old name goes on finding it; the key of the row that was made for that."""
    if name == into.name:
        return None
    if isinstance(into, Actor):
        alias, is_new = ActorAlias.objects.get_or_create(actor=into, name=name, defaults={"kind": AliasKind.ALIAS})
    else:
        alias, is_new = TopicAlias.objects.get_or_create(topic=into, name=name)
    return alias.pk if is_new else None
