"""The nameplate: colours that can be read, and a logo that is a picture."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from .. import colours, images
from ..models import Nameplate

COLOUR = {"placeholder": "#a50f11", "pattern": "#[0-9a-fA-F]{6}", "maxlength": 7, "size": 8, "spellcheck": "false"}
PAPERS = {"accent": colours.LIGHT_PAPER, "accent_dark": colours.DARK_PAPER}


class NameplateForm(forms.ModelForm):
    """What readers see of the newsroom on every page. A colour that would be hard to read is refused."""

    class Meta:
        model = Nameplate
        fields = ("name", "strapline", "accent", "accent_dark", "logo")
        widgets = {
            "accent": forms.TextInput(attrs=COLOUR),
            "accent_dark": forms.TextInput(attrs=COLOUR | {"placeholder": "#f58d7c"}),
            "logo": forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        }

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_strapline(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["strapline"].split())

    def clean_accent(self) -> str:
        """Readable by day."""
        return self._readable("accent")

    def clean_accent_dark(self) -> str:
        """Readable by night."""
        return self._readable("accent_dark")

    def _readable(self, name: str) -> str:
        colour = self.cleaned_data[name].strip().lower()
        if not colour:
            return ""
        if not colours.HEX.fullmatch(colour):
            raise ValidationError(_("Give it as #rrggbb, for example #a50f11."), code="form")
        found = colours.contrast(colour, PAPERS[name])
        if found < colours.LEAST:
            words = {
                "accent": _(
                    "On light paper this colour has a contrast of %(found).1f to 1; %(least)s is needed to "
                    "read it. Choose a darker one."
                ),
                "accent_dark": _(
                    "On dark paper this colour has a contrast of %(found).1f to 1; %(least)s is needed to "
                    "read it. Choose a lighter one, or leave this empty."
                ),
            }
            raise ValidationError(words[name], params={"found": found, "least": colours.LEAST}, code="contrast")
        return colour

    def clean(self) -> dict:
        """By night there is another colour only where there is one by day."""
        cleaned = super().clean()
        if cleaned.get("accent_dark") and not cleaned.get("accent") and "accent" not in self.errors:
            self.add_error("accent", _("Choose a colour for light paper too."))
        return cleaned

    def clean_logo(self):
        """The picture as it will be kept; its name says nothing of where it came from."""
        upload = self.cleaned_data.get("logo")
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            picture = images.prepare(upload)
        except images.ImageRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        self.instance.logo_width, self.instance.logo_height = picture.width, picture.height
        return SimpleUploadedFile(f"logo.{picture.extension}", picture.content)
