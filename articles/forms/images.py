"""Pictures of the picture desk."""

from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from .. import images, rights
from ..models import Image
from ..rights import Rights


class PictureForm(forms.ModelForm):
    """A picture and what is known of it. An upload is re-encoded before anything is kept."""

    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        max_length=200,
    )

    class Meta:
        model = Image
        fields = (
            *("file", "alt", "caption", "credit", "copyright", "usage_terms", "expires_on"),
            *("focal_x", "focal_y"),
        )
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "usage_terms": forms.Textarea(attrs={"rows": 2}),
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.rights_before = self.instance.rights
        self.prepared: images.Picture | None = None
        if "file" in self.fields:
            self.fields["file"].required = not self.instance.pk

    def clean_file(self):
        """The picture as it will be kept; its name says nothing of where it came from."""
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            self.prepared = images.prepare(upload)
        except images.ImageRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return upload

    def clean(self):
        """Whose it is goes into the file; what an upload says of that stands where the form says nothing."""
        cleaned = super().clean()
        if self.errors or not {"file", "credit", "copyright"} <= set(self.fields):
            return cleaned
        kept = self.prepared
        if kept:
            cleaned["credit"] = cleaned["credit"] or kept.rights.credit
            cleaned["copyright"] = cleaned["copyright"] or kept.rights.notice
            self.instance.tint = kept.tint
        told = Rights(cleaned["credit"], cleaned["copyright"])
        if kept:
            cleaned["file"] = SimpleUploadedFile(f"picture.{kept.extension}", rights.write(kept.content, told))
        elif self.instance.pk and told != self.rights_before:
            cleaned["file"] = self._stored_with(told)
        return cleaned

    def _stored_with(self, told: Rights) -> object:
        """The stored file with other rights in it, under a name of its own; as it is where it cannot be read."""
        file = self.instance.file
        try:
            with file.storage.open(file.name) as stored:
                content = stored.read()
        except OSError:
            return file
        return SimpleUploadedFile(f"picture{PurePosixPath(file.name).suffix}", rights.write(content, told))
