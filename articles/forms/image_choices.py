"""Which pictures a drop-down offers: those of the story and the latest, not the whole archive."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from ..models import Article, ArticleImage, Image

LATEST = 60


def offered_images(article: Article) -> list[Image]:
    """The story's own pictures and the latest ones, the latest first; one query."""
    return article.fact("offered_images", lambda: list(images_for(article)))


def images_for(article: Article) -> QuerySet:
    """Those pictures, by a query that reads no more of the archive than it gives."""
    latest = Image.objects.filter(pk__in=Image.objects.order_by("-pk").values("pk")[:LATEST]).order_by()
    own = ArticleImage.objects.filter(article=article.pk).order_by()
    lead = Image.objects.filter(pk=article.lead_image_id).order_by()
    keys = latest.values("pk").union(own.values("image"), lead.values("pk"))
    return Image.objects.filter(pk__in=keys).order_by("-pk")


def image_options(field: forms.ModelChoiceField, article: Article) -> list[tuple[Any, str]]:
    """The options of such a drop-down; any picture may still be sent, as the dialog of pictures does."""
    return [
        ("", field.empty_label),
        *((image.pk, field.label_from_instance(image)) for image in offered_images(article)),
    ]


def offer_images(field: forms.ModelChoiceField, article: Article) -> None:
    """Draw them, asked for when the field is drawn."""
    field.choices = lambda: image_options(field, article)
