"""The form of the writing desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Article
from .assignment import AssignmentFields
from .editor import BodyField
from .image_choices import offer_images
from .originals import OriginalField
from .tags import NamesField
from .vocabularies import Actors, Topics

COPY = ("headline", "standfirst", "body")
TAGS = {"actors": "actor_items", "topics": "topic_items"}


class WritingForm(AssignmentFields, forms.ModelForm):
    """One article. `seen_version` is what the person had before them: no save goes over another unseen."""

    headline = forms.CharField(
        label=gettext_lazy("Headline"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "desk-headline"}),
    )
    standfirst = forms.CharField(
        label=gettext_lazy("Standfirst"),
        required=False,
        help_text=gettext_lazy("One or two sentences under the headline."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "desk-standfirst"}),
    )
    body = BodyField(label=gettext_lazy("Body"), required=False)
    actors = NamesField(
        Actors(),
        label=gettext_lazy("Actors"),
        required=False,
        help_text=gettext_lazy("Who acts in the story. Names or abbreviations, parted by commas."),
    )
    topics = NamesField(
        Topics(),
        label=gettext_lazy("Topics"),
        required=False,
        help_text=gettext_lazy("What it is about, parted by commas."),
    )
    translation_of = OriginalField(
        label=gettext_lazy("Translation of"),
        help_text=gettext_lazy(
            "The address or slug of the story that this one puts into another language. Readers of each find the other."
        ),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = (
            *(
                "headline",
                "standfirst",
                "body",
                "kicker",
                "slug",
                "language",
                "dateline",
                "genre",
                "lead_image",
                "translation_of",
            ),
            *(
                "desk",
                "assignee",
                "reviewer",
                "due_at",
                "priority",
                "length_ordered",
                "planning_note",
                "slugline",
                "ed_note",
            ),
        )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["seen_version"].initial = self.instance.version
        if "lead_image" in self.fields:
            offer_images(self.fields["lead_image"], self.instance)
        if self.instance.pk:
            if "ed_note" in self.fields:
                self.fields["ed_note"].show_hidden_initial = True  # a conflict has to know whether it was touched
            for name, items in TAGS.items():
                self.initial[name] = [item.tag for item in self.instance.rows(items, "tag")]
            if "slug" in self.fields and self.instance.was_ever_published():
                self.fields["slug"].help_text = self.help_of_address()

    def help_of_address(self) -> str:
        """What becomes of an address that readers have."""
        if self.fields["slug"].disabled:
            return _("Readers have this address: editors of the desk and publishers can change it.")
        return _("Readers have this address. The next edition moves to another one; this one then leads there.")

    def clean_headline(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["headline"].split())

    def clean(self) -> dict:
        """Refuse to save over a version this person has not seen; give the story a slug while it has none."""
        cleaned = super().clean()
        original = cleaned.get("translation_of")
        if original and cleaned.get("language") == original.language:
            self.add_error("translation_of", _("Both are in the same language: say which one this story is in."))
        if cleaned.get("headline") and not cleaned.get("slug") and "slug" in self.fields:
            cleaned["slug"] = slugify(cleaned["headline"], allow_unicode=True)[:120].strip("-")
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen != self.instance.version:
            self._refuse_stale()
        return cleaned

    def _refuse_stale(self) -> None:
        """Show the person's own text again, with a link to the other.

        Where what they had before them is known, the next save is merged (`admin.conflicts`); else it is made
        knowingly.
        """
        if not self.instance.revisions.filter(number=self.cleaned_data.get("seen_version") or 0).exists():
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_version")] = self.instance.version
        latest = self.instance.revisions.select_related("created_by").first()
        sentence = _(
            "This story was saved by somebody else while you were writing. Nothing of yours is lost: it is below."
        )
        if latest is None:
            raise ValidationError(sentence, code="stale")
        sentence = _(
            "%(who)s saved this story at %(when)s, while you were writing. Nothing of yours is lost: it is below."
        ) % {
            "who": latest.created_by.get_full_name() or latest.created_by.get_username(),
            "when": date_format(localtime(latest.created_at), "TIME_FORMAT"),
        }
        raise ValidationError(
            format_html(
                '{} <a href="{}" target="_blank" rel="noopener">{}</a>{}',
                sentence,
                reverse("admin:articles_revision_change", args=[latest.pk]),
                _("See what was saved"),
                _(", take over what you need, and save again: your text then replaces it."),
            ),
            code="stale",
        )

    def _save_m2m(self) -> None:
        """Make the tags that are new, then set them all."""
        super()._save_m2m()
        for name in TAGS:
            if name in self.cleaned_data:
                entries = self.cleaned_data[name] = self.fields[name].entries(self.cleaned_data[name])
                getattr(self.instance, name).set(entries)
