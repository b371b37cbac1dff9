"""How a person wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import NotificationSetting
from ..models.notices import MailPace, NoticeKind


class NoticesForm(forms.Form):
    """The pace of mails and the kinds of notices; what is not ticked is not told at all."""

    pace = forms.ChoiceField(label=_("By mail"), choices=MailPace.choices, widget=forms.RadioSelect)
    wanted = forms.MultipleChoiceField(
        label=_("Tell me of"), choices=NoticeKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, setting: NotificationSetting, **kwargs: Any) -> None:
        wanted = [kind for kind in NoticeKind.values if kind not in setting.muted]
        super().__init__(*args, initial={"pace": setting.pace, "wanted": wanted}, label_suffix="", **kwargs)
        self.setting = setting

    def save(self) -> NotificationSetting:
        """Keep what was chosen."""
        muted = [kind for kind in NoticeKind.values if kind not in self.cleaned_data["wanted"]]
        values = {"pace": self.cleaned_data["pace"], "muted": muted}
        return NotificationSetting.objects.update_or_create(user=self.setting.user, defaults=values)[0]
