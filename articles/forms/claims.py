"""What a story asserts of somebody, whom it asked about that, and the rules that somebody answers for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import anchoring
from ..models import Article, Claim, RightOfReply, Waiver
from ..models.claims import Outcome
from .assignment import MomentField
from .inlines import OneName, PartForm
from .tags import NamesField
from .vocabularies import Actors

CLAIM, REPLY = "claim", "reply"


class ClaimForm(forms.ModelForm):
    """A passage of the body, whom it is about and what it rests on."""

    actors = NamesField(Actors(), label=_("Whom it is about"), required=False)

    class Meta:
        model = Claim
        fields = ("text", "is_serious", "actors", "attributions")
        widgets = {"text": forms.Textarea({"rows": 3}), "attributions": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.article = article
        self.fields["attributions"].queryset = article.attributions.select_related("source")
        if self.instance.pk:
            self.initial["actors"] = list(self.instance.actors.all())

    def clean_text(self) -> str:
        """Words that stand in the body."""
        words = self.cleaned_data["text"].strip()
        text = self.article.text()
        anchor = anchoring.Anchor(words, self.instance.prefix, self.instance.suffix)
        place = anchoring.find(text, anchor) or anchoring.find(text, anchoring.Anchor(words, "", ""))
        if place is None:
            raise forms.ValidationError(_("These words do not stand in the body. Copy the passage exactly as it is."))
        self.anchor = anchoring.make(text, *place)
        return words

    def _post_clean(self) -> None:
        """Entries that are to be made are made by `save`."""
        self.chosen = self.cleaned_data.pop("actors", None)
        super()._post_clean()

    def save(self, commit: bool = True) -> Claim:
        """The passage with the place where it stands, and what it is tied to."""
        self.instance.article = self.article
        self.instance.prefix, self.instance.suffix = self.anchor.prefix, self.anchor.suffix
        claim = super().save(commit)
        claim.actors.set(self.fields["actors"].entries(self.chosen or []))
        return claim


class ReplyForm(PartForm):
    """One line of the ledger: whom the newsroom asked, and what came of it."""

    named = ("actor",)
    actor = OneName(Actors(), label=_("Who was asked"))
    asked_at = MomentField(label=_("Asked"), required=False)
    deadline = MomentField(label=_("Reply wanted by"), required=False)
    answered_at = MomentField(label=_("Answered"), required=False)

    class Meta:
        model = RightOfReply
        fields = (
            *("actor", "claims", "asked_at", "how", "asked_by", "questions", "deadline"),
            *("outcome", "answered_at", "quote"),
        )
        widgets = {"claims": forms.CheckboxSelectMultiple, "questions": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, article: Article, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.fields["claims"].queryset = article.claims.all()
        self.fields["quote"].queryset = article.quotes.all()
        staff = self.fields["asked_by"].queryset.filter(is_staff=True, is_active=True)
        self.fields["asked_by"].queryset = staff.order_by("username")
        if not self.instance.pk:
            self.initial.setdefault("asked_by", by.pk)

    def clean(self) -> dict[str, Any]:
        """Moments in their order; a reply that is quoted was given."""
        cleaned = super().clean()
        asked, answered, deadline = (cleaned.get(name) for name in ("asked_at", "answered_at", "deadline"))
        if asked and asked > timezone.now():
            self.add_error("asked_at", _("That moment has not come yet."))
        if asked and deadline and deadline <= asked:
            self.add_error("deadline", _("The deadline comes before the question: leave them time to reply."))
        if asked and answered and answered < asked:
            self.add_error("answered_at", _("They cannot have answered before they were asked."))
        if cleaned.get("quote") and cleaned.get("outcome") != Outcome.REPLIED:
            self.add_error("outcome", _("There is a reply to quote: say that they replied."))
        return cleaned

    def save(self, commit: bool = True) -> RightOfReply:
        """The line, and when the reply came where that was not said."""
        self.instance.article = self.article
        if self.instance.outcome in (Outcome.REPLIED, Outcome.DECLINED) and self.instance.answered_at is None:
            self.instance.answered_at = timezone.now()
        return super().save(commit)


class WaiverForm(forms.ModelForm):
    """Why a story may be printed although a rule stands against it."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    class Meta:
        model = Waiver
        fields = ("reason",)
        widgets = {"reason": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["reason"].label = _("Why it may be printed all the same")

    def clean_reason(self) -> str:
        """Words, not spaces."""
        return self.cleaned_data["reason"].strip()
