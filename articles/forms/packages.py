"""A running story and its parts, as a form that works without scripts: a row a part, and buttons that add and shift."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .. import placing
from ..models import Desk, Package, PackagePart
from ..packages import Part

MOST = 200  # parts
KEPT = "kept-"
FIELDS = ("article", "on", "text")


@dataclass
class PartRow:
    """A part as the page shows it: `value` is the story's key, "" for an entry alone, or that of a part kept unseen."""

    number: int
    value: str
    on: str
    text: str
    story: placing.Candidate | None = None
    is_hidden: bool = False


class PackageForm(forms.ModelForm):
    """`parts()` is what was asked for; call it when the form is valid."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Find a story"), max_length=200, required=False)

    class Meta:
        model = Package
        fields = ["title", "slug", "intro", "desk"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 4})}
        labels = {"desk": _("Desk, whose editors keep it")}
        help_texts = {"slug": _("Its address; it stays once readers have it.")}

    def __init__(self, data: Any = None, *, package: Package, user: Any) -> None:
        super().__init__(data, instance=package, auto_id="package-%s", label_suffix="")
        self.user, self.package = user, package
        self.initial["seen"] = package.version if package.pk else 0
        self.fields["desk"].queryset = Desk.objects.open_to(user, "edit_package")
        self.fields["desk"].empty_label = _t("every desk")
        if package.is_public:
            self.fields["slug"].disabled = True
        self.candidates = placing.offered(user, desk=package.desk, text=(self.data.get("q") or "")[:200])
        stored = list(package.parts.all()) if package.pk else []
        known = placing.known(user, {part.article_id for part in stored if part.article_id} | self._named())
        self._hidden = {
            f"{KEPT}{each.article_id}": each for each in stored if each.article_id and each.article_id not in known
        }
        rows = self._sent() if self.is_bound else [self._stored(n, part, known) for n, part in enumerate(stored)]
        for row in rows:
            row.is_hidden = row.value in self._hidden
            row.story = known.get(int(row.value)) if row.value.isdecimal() else None
        self.rows = [row for row in rows if row.story or row.is_hidden or not row.value]

    def _named(self) -> set[int]:
        values = [self.data.get(f"part-{n}-article", "") for n in range(count_of(self.data))] if self.is_bound else []
        return {int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 19}

    def _sent(self) -> list[PartRow]:
        return [
            PartRow(n, *(self.data.get(f"part-{n}-{name}", "") for name in FIELDS))
            for n in range(count_of(self.data))
            if any(f"part-{n}-{name}" in self.data for name in FIELDS)
        ]

    def _stored(self, n: int, part: PackagePart, known: dict[int, placing.Candidate]) -> PartRow:
        if part.article_id and part.article_id not in known:
            return PartRow(n, f"{KEPT}{part.article_id}", "", "")
        return PartRow(n, str(part.article_id or ""), part.on.isoformat() if part.on else "", part.text)

    def clean(self) -> dict[str, Any]:
        """Every day is one."""
        cleaned = super().clean()
        for row in self.rows:
            if not row.is_hidden and row.on and _day(row.on) is None:
                self.add_error(None, _t("“%(day)s” is no day: give it as 2026-11-24.") % {"day": row.on[:40]})
            if len(row.text) > 300:
                self.add_error(None, _t("What happened is told in 300 characters at most."))
        return cleaned

    def parts(self) -> list[Part]:
        """In order."""
        found = []
        for row in self.rows:
            if kept := self._hidden.get(row.value):
                found.append(Part(kept.article_id, kept.on, kept.text))
            else:
                found.append(Part(int(row.value) if row.value else None, _day(row.on), row.text))
        return found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def count_of(data: Any) -> int:
    """How many parts were sent."""
    text = data.get("parts", "")
    return min(int(text), MOST) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def acted(data: QueryDict, act: str, what: str) -> QueryDict:
    """The data after a button: "add" a story, an "entry" of the timeline; "up", "down", "remove" a part by number."""
    rows = [{name: data.get(f"part-{n}-{name}", "") for name in FIELDS} for n in range(count_of(data))]
    n = int(what) if what.isascii() and what.isdecimal() and len(what) < 19 else -1
    if act == "add" and n >= 0 and what not in [row["article"] for row in rows] and len(rows) < MOST:
        rows.append({"article": what, "on": "", "text": ""})
    elif act == "entry" and len(rows) < MOST:
        rows.append(dict.fromkeys(FIELDS, ""))
    elif act == "remove" and 0 <= n < len(rows):
        del rows[n]
    elif act in ("up", "down") and 0 <= n < len(rows):
        other = n + (-1 if act == "up" else 1)
        if 0 <= other < len(rows):
            rows[n], rows[other] = rows[other], rows[n]
    changed = data.copy()
    for name in [name for name in changed if name.startswith("part-")]:
        del changed[name]
    changed["parts"] = str(len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            changed[f"part-{number}-{name}"] = value
    return changed
