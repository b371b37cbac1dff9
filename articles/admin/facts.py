"""An article with what its pages ask of it: told by the query that reads it, or fetched once."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, FilteredRelation, JSONField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models import prefetch_related_objects as prefetch
from django.utils import timezone

from ..forms.image_choices import images_for
from ..models import (
    ActorAlias,
    ActorRelation,
    Approval,
    Article,
    ArticleActor,
    ArticleImage,
    ArticleTopic,
    Attribution,
    Autosave,
    Byline,
    Claim,
    Comment,
    Edition,
    Evidence,
    FormerActor,
    Hold,
    Presence,
    Quote,
    Revision,
    RightOfReply,
    SplitActor,
)
from ..models.articles import slug_claims
from ..models.editions import EditionKind
from ..models.sealing import with_standing_speakers
from .presence import OPEN_FOR

SOURCES = ("source__actor", "source__origin__origin", "known_by", "approved_by")


def with_facts(articles: QuerySet, user: Any) -> QuerySet:
    """Articles that know what there is to ask for, so that a page asks for nothing that is not there."""
    own = OuterRef("pk")
    latest = Edition.objects.filter(article=own).order_by("-number")
    revisions = Revision.objects.filter(article=own)
    present = Presence.objects.filter(article=own, seen_at__gte=timezone.now() - OPEN_FOR).exclude(user=user)
    return (
        articles.with_print()
        .select_related("desk", "writer", "assignee", "reviewer", "lead_image", "translation_of")
        .annotate(
            has_editions=Exists(Edition.objects.filter(article=own)),
            has_holds=Exists(Hold.objects.filter(article=own, lifted_at__isnull=True)),
            has_confidential=Exists(Attribution.objects.filter(article=own, source__is_confidential=True)),
            has_approvals=Exists(Approval.objects.filter(article=own, review_round=OuterRef("review_round"))),
            has_comments=Exists(Comment.objects.filter(article=own)),
            has_claims=Exists(Claim.objects.filter(article=own)),
            has_replies=Exists(RightOfReply.objects.filter(article=own)),
            has_shown_evidence=Exists(Evidence.objects.filter(article=own, is_public=True)),
            has_autosave=Exists(Autosave.objects.filter(article=own, user=user)),
            has_company=Exists(present),
            is_slug_taken=reduce(or_, (Exists(claim) for claim in slug_claims(own, OuterRef("slug")))),
            is_of_desk=Exists(user.desks.filter(pk=OuterRef("desk"))),
            is_signed=Exists(Byline.objects.filter(article=own, contributor__user=user)),
            is_written=Exists(revisions.filter(created_by=user, is_text_change=True)),
            has_merged=Exists(FormerActor.objects.filter(actor__story_quotes__story=own)),
            has_splits=Exists(SplitActor.objects.filter(article=own)),
            has_relations=Exists(ActorRelation.objects.filter(attribution__article=own)),
            has_aliases=Exists(ActorAlias.objects.filter(actor__sources__attributions__article=own)),
            has_opponents=Exists(ActorRelation.objects.disputes().filter(actor__article_items__content_object=own)),
            live_kind=Subquery(latest.values("kind")[:1]),
            live_revision=Subquery(latest.values("revision")[:1]),
            live_words=Subquery(latest.values("revision__document")[:1], output_field=JSONField()),
        )
    )


def _as_it_stands(article: Article, live: dict[str, Any] | None) -> dict[str, Any] | None:
    if live is None or not (article.has_merged or article.has_splits):
        return live
    return with_standing_speakers(live, article=article.pk, revision=article.live_revision)


def recall(article: Article, user: Any) -> Article:
    """An article of `with_facts` that answers from what it was told; for pages that show, never for a verb."""
    is_out = article.live_words is not None and article.live_kind != EditionKind.WITHDRAWAL
    live = article.live_words if is_out else None
    known = {
        "was_ever_published": article.has_editions,
        "is_live": article.is_in_print,
        "live_document": _as_it_stands(article, live),
        ("slug_is_taken", article.slug): article.is_slug_taken,
        ("is_of_desk", user.pk): article.is_of_desk,
        ("is_work_of", user.pk): article.is_own(user) or article.is_signed or article.is_written,
    }
    nothing = {
        "open_holds": article.has_holds,
        "standing_approvals": article.has_approvals,
        "comments": article.has_comments,
        "aliases": article.has_aliases,
        "disputes": article.has_opponents,
        "company": article.has_company,
        "autosave": article.has_autosave,
    }
    known |= {name: [] for name, has in nothing.items() if not has}
    if not article.has_relations:
        known["relations"] = []
    if not article.has_shown_evidence:
        known["shown_evidence"] = {}
    return article.remember(known)


def with_parts(article: Article) -> Article:
    """The same with all that the writing desk edits, fetched ahead: one query each, none for what there is not."""
    parts = [
        Prefetch("actor_items", ArticleActor.objects.select_related("tag")),
        Prefetch("topic_items", ArticleTopic.objects.select_related("tag__parent")),
        Prefetch("bylines", Byline.objects.select_related("contributor")),
        Prefetch("attributions", Attribution.objects.select_related(*SOURCES)),
        Prefetch("quotes", Quote.objects.select_related("speaker", "attribution__source")),
    ]
    ahead = {"image_items": fetched(article.image_items.all(), pictures(article))}
    for name, has in (("claims", article.has_claims), ("replies", article.has_replies)):
        if not has:
            ahead[name] = fetched(getattr(article, name).all(), [])
    prefetch([article], *parts)
    article._prefetched_objects_cache |= ahead
    return article


def fetched(rows: QuerySet, found: list) -> QuerySet:
    """The query with its answer, as Django’s own prefetching leaves it."""
    rows._result_cache, rows._prefetch_done = found, True
    return rows


def pictures(article: Article) -> list[ArticleImage]:
    """The story's pictures, in order; with one query also those that its drop-downs offer, which it remembers."""
    of_story = FilteredRelation("article_items", condition=Q(article_items__article=article))
    found = images_for(article).annotate(item=of_story)
    images = list(found.annotate(item_id=F("item__id"), item_position=F("item__position")))
    article.remember({"offered_images": images, "last_days": {image.pk: image.expires_on for image in images}})
    items = [
        ArticleImage(pk=image.item_id, article=article, image=image, position=image.item_position)
        for image in images
        if image.item_id
    ]
    for item in items:
        item._state.adding, item._state.db = False, article._state.db
    return sorted(items, key=lambda item: (item.position, item.pk))
