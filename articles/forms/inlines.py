"""What stands beside the text: bylines, pictures, attributions, quotes."""

import json
from dataclasses import asdict, replace

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from ..anchoring import CONTEXT, Anchor
from ..models import Attribution, Byline, Quote
from .image_choices import image_options
from .tags import NamesField
from .vocabularies import Actors, Contributors, Sources


class SharedChoicesFormSet(BaseInlineFormSet):
    """Asks for the options of each drop-down once a page, not once a row."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._options: dict[str, list] = {}
        ahead = self.instance.__dict__.get("_prefetched_objects_cache", {})
        name = self.fk.remote_field.get_accessor_name()
        if name in ahead and not self.is_bound:
            self._queryset = list(ahead[name])

    def get_form_kwargs(self, index):
        """Labels without a colon, as in the rest of the desk."""
        return {"label_suffix": "", **super().get_form_kwargs(index)}

    def add_fields(self, form, index) -> None:
        """Give the row's drop-downs the options read for the first one."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if not isinstance(field, forms.ModelChoiceField) or isinstance(field.widget, forms.HiddenInput):
                continue
            if name not in self._options:
                queryset = self.limit(name, field.queryset)
                field.queryset = queryset
                self._options[name] = self.options(name, field)
            else:
                field.queryset = self.limit(name, field.queryset)
            field.choices = self._options[name]

    def limit(self, name: str, queryset):
        """The rows that may be chosen in the drop-down `name`."""
        return queryset

    def options(self, name: str, field) -> list:
        """What the drop-down `name` shows. By `iter`: `list` would have them counted first."""
        return list(iter(field.choices))


class ImageFormSet(SharedChoicesFormSet):
    """Offers the pictures of the story and the latest ones."""

    def options(self, name: str, field) -> list:
        """The same that the lead picture offers."""
        return image_options(field, self.instance)


class QuoteFormSet(SharedChoicesFormSet):
    """A quote rests on an attribution of the same article and answers a quote of the same article."""

    def limit(self, name: str, queryset):
        """Never another article's records."""
        if name in ("attribution", "responds_to"):
            queryset = queryset.filter(article=self.instance if self.instance.pk else None)
            return queryset.select_related("source") if name == "attribution" else queryset
        return queryset

    def options(self, name: str, field) -> list:
        """The story's own records as they were fetched, where they were."""
        relation = {"attribution": "attributions", "responds_to": "quotes"}.get(name)
        ahead = self.instance.__dict__.get("_prefetched_objects_cache", {})
        if relation not in ahead:
            return super().options(name, field)
        return [("", field.empty_label), *((row.pk, field.label_from_instance(row)) for row in ahead[relation])]


class OneName(NamesField):
    """A field of exactly one entry, or none."""

    def __init__(self, vocabulary, **kwargs) -> None:
        super().__init__(vocabulary, is_single=True, **kwargs)

    def clean(self, value):
        """The `Chosen`, or None."""
        chosen = super().clean(value)
        return chosen[0] if chosen else None


class PartForm(forms.ModelForm):
    """A row with fields of one name each, which are made into entries when the row is saved."""

    named: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name in self.named:
            self.initial[name] = getattr(self.instance, name) if self.instance.pk else None

    def _post_clean(self) -> None:
        """Model checks run with the entries that exist; those to be made come with `save`."""
        chosen = {name: self.cleaned_data.get(name) for name in self.named}
        for name, choice in chosen.items():
            self.cleaned_data[name] = choice.entry if choice else None
        super()._post_clean()
        self.chosen = chosen

    def _get_validation_exclusions(self) -> set:
        """A source that is about to be made is not missing."""
        return super()._get_validation_exclusions() | set(self.named)

    def save(self, commit=True):
        """Make the new entries, then the row."""
        for name, choice in self.chosen.items():
            if choice and choice.entry is None:
                setattr(self.instance, name, self.fields[name].entries([choice])[0])
        return super().save(commit)


class BylineForm(PartForm):
    """One contributor, by name."""

    named = ("contributor",)
    contributor = OneName(Contributors(), label=gettext_lazy("Contributor"))

    class Meta:
        model = Byline
        fields = ("contributor", "role", "position")


class AttributionForm(PartForm):
    """One source as used in this story."""

    named = ("source",)
    source = OneName(
        Sources(),
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("By its working label. “Foreign ministry note (statement)” makes a new one."),
    )
    knows = forms.BooleanField(
        label=gettext_lazy("I know who this source is"),
        required=False,
        help_text=gettext_lazy("Of an unnamed source: an editor who did not write the story says so."),
    )
    approves = forms.BooleanField(
        label=gettext_lazy("I approve leaving them unnamed"),
        required=False,
        help_text=gettext_lazy("On the terms above. The approval ends when they change."),
    )

    class Meta:
        model = Attribution
        fields = (
            *("source", "basis", "wording", "head_count", "anonymity_reason", "anonymity_wording"),
            *("basis_of_knowledge", "is_second_hand", "motive", "position"),
        )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        source = self.instance
        if source.pk and source.known_by_id:
            known = {"who": _called(source.known_by), "when": date_format(source.known_at, "j F Y")}
            self.fields["knows"].help_text = gettext("%(who)s has known since %(when)s.") % known
        if source.pk and source.approved_by_id:
            approved = {"who": _called(source.approved_by), "when": date_format(source.approved_at, "j F Y")}
            self.fields["approves"].help_text = (
                gettext("Approved by %(who)s on %(when)s.")
                if source.is_approved
                else gettext("%(who)s approved it on %(when)s, on other terms: it has to be approved again.")
            ) % approved


def _called(user) -> str:
    return user.get_full_name() or user.get_username()


class QuoteForm(PartForm):
    """Words in the body with who said them and how we know."""

    named = ("speaker",)
    speaker = OneName(Actors(), label=gettext_lazy("Speaker"), required=False)
    said_on = forms.DateField(
        label=gettext_lazy("Said on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    parts = forms.CharField(
        label=gettext_lazy("Further parts"),
        required=False,
        widget=forms.Textarea({"rows": 1, "dir": "auto"}),
        help_text=gettext_lazy("Of a quote that “…,” she said, “…” splits: each on a line of its own."),
    )
    anchors = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Quote
        fields = (
            *("text", "kind", "speaker", "speaker_mention", "role", "speaker_unknown_because", "attribution"),
            *(
                "obtained_via",
                "said_on",
                "is_undated",
                "is_opinion",
                "verification",
                "verification_method",
                "original_text",
            ),
            *("original_language", "responds_to"),
        )
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "original_text": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["parts"] = "\n".join(segment["text"] for segment in self.instance.segments)
        self.initial["anchors"] = self.kept_anchors

    @property
    def kept_anchors(self) -> str:
        """Where its parts stood when it was saved, for the marks in the editor."""
        anchors = self.instance.anchors if self.instance.text else []
        return json.dumps([asdict(anchor) for anchor in anchors], ensure_ascii=False)

    def clean_anchors(self) -> dict[str, Anchor]:
        """Words → the anchor the editor found them at; nothing where it sent none, or no such thing."""
        try:
            sent = json.loads(self.cleaned_data["anchors"] or "[]")
            anchors = [Anchor(*(str(each[name]) for name in ("exact", "prefix", "suffix"))) for each in sent]
        except (ValueError, TypeError, KeyError):
            return {}
        return {
            each.exact: replace(each, prefix=each.prefix[-CONTEXT:], suffix=each.suffix[:CONTEXT]) for each in anchors
        }

    def clean_parts(self) -> list[dict[str, str]]:
        """The further segments; those that stand as they stood keep their surroundings."""
        known = {segment["text"]: segment for segment in self.instance.segments}
        lines = [line.strip() for line in self.cleaned_data["parts"].splitlines()]
        return [known.get(line, {"text": line, "prefix": "", "suffix": ""}) for line in lines if line]

    def clean(self) -> dict:
        """Dated or undated, not both."""
        cleaned = super().clean()
        if cleaned.get("said_on") and cleaned.get("is_undated"):
            self.add_error("is_undated", gettext_lazy("There is a date: untick “undated”, or take the date away."))
        return cleaned

    def save(self, commit=True):
        """Words that were changed are looked for anew: their old surroundings say nothing of them."""
        quote, anchors = self.instance, self.cleaned_data["anchors"]
        if "text" in self.changed_data:
            quote.prefix = quote.suffix = ""
        quote.segments = self.cleaned_data["parts"]
        if here := anchors.get(quote.text):
            quote.prefix, quote.suffix = here.prefix, here.suffix
        for segment in quote.segments:
            if here := anchors.get(segment["text"]):
                segment |= {"prefix": here.prefix, "suffix": here.suffix}
        return super().save(commit)
