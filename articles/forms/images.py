"""Pictures of the picture desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from .. import images
from ..models import Image


class PictureForm(forms.ModelForm):
    """A picture and what is known of it. An upload is re-encoded before anything is kept."""

    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        max_length=200,
    )

    class Meta:
        model = Image
        fields = ("file", "alt", "caption", "credit", "usage_terms", "focal_x", "focal_y")
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "usage_terms": forms.Textarea(attrs={"rows": 2}),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if "file" in self.fields:
            self.fields["file"].required = not self.instance.pk

    def clean_file(self):
        """The picture as it will be kept; its name says nothing of where it came from."""
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            picture = images.prepare(upload)
        except images.ImageRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return SimpleUploadedFile(f"picture.{picture.extension}", picture.content)
