"""Fields that take names of a vocabulary: plain text without scripts, a combobox with chips with them."""

import copy
import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media, Script

from . import names
from .vocabularies import Vocabulary

MAX_NAME = 100  # characters, as the columns hold


@dataclass(frozen=True)
class Chosen:
    """What a name stands for: an entry, or the name and kind of one to be made when the form is saved."""

    entry: Any = None
    name: str = ""
    kind: str = ""


class NamesWidget(forms.TextInput):
    """A text input that `static/js/combobox.js` turns into chips; all that needs is in one data attribute."""

    def __init__(self, vocabulary: Vocabulary, *, is_single: bool = False, attrs: dict | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "vTextField", **(attrs or {})})
        self.vocabulary, self.is_single = vocabulary, is_single
        self.may_create = False
        self.shown: dict[str, str] = {}

    @property
    def media(self) -> Media:
        """The module; it asks for nothing else."""
        return Media(js=[Script("js/combobox.js", type="module")])

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Settings, labels and the kinds of what is chosen already."""
        context = super().get_context(name, value, attrs)
        settings = {
            "url": reverse(self.vocabulary.suggest_url),
            "isSingle": self.is_single,
            "canCreate": self.may_create,
            "kinds": {kind: str(label) for kind, label in self.vocabulary.kinds.items()},
            "chosen": [{"name": name, "kind": kind} for name, kind in self.shown.items()],
            **_labels(),
        }
        context["widget"]["attrs"]["data-combobox"] = json.dumps(settings)
        return context


def _labels() -> dict[str, str]:
    return {
        "placeholder": _("Type a name"),
        "newLabel": _("new: {kind}"),
        "unknownLabel": _("not in the vocabulary"),
        "removeLabel": _("Remove {name}"),
        "removedLabel": _("{name} removed."),
        "addedLabel": _("{name} added."),
        "createLabel": _("Create “{name}” as {kind}"),
        "aliasLabel": _("also {alias}"),
        "countLabel": _("{n} suggestions."),
        "noneLabel": _("Nothing of that name."),
        "failedLabel": _("No suggestions just now; type the whole name."),
    }


class NamesField(forms.Field):
    """A comma-separated line of names as a list of `Chosen`.

    New entries need a kind in brackets and the permission to add (`fit_to`), so that a slip of the
    keyboard does not become part of the vocabulary.
    """

    _read: Any = None  # what `to_python` read last: the chips of it are known
    default_error_messages = {
        "unknown": gettext_lazy("“%(name)s” is not in the vocabulary, and only editors add to it."),
        "kind": gettext_lazy("“%(name)s” is not in the vocabulary. To add it, write %(examples)s."),
        "ambiguous": gettext_lazy("“%(name)s” can mean %(names)s: write the full name."),
        "long": gettext_lazy("“%(name)s…” is too long for a name: 100 characters at most."),
        "single": gettext_lazy("Only one name goes here."),
    }

    def __init__(self, vocabulary: Vocabulary, *, is_single: bool = False, **kwargs: Any) -> None:
        self.vocabulary, self.is_single, self.may_create = vocabulary, is_single, False
        kwargs.setdefault("widget", NamesWidget(vocabulary, is_single=is_single))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> str:
        """Entries, or the text that was sent, as one line."""
        if value is None or isinstance(value, str):
            if value != self._read:
                self._remember(names.parse(value or ""))
            return value or ""
        entries = list(value) if isinstance(value, (list, tuple, QuerySet)) else [value]
        entries = [getattr(entry, "tag", entry) for entry in entries]
        self.widget.shown = {self.vocabulary.name_of(entry): self.vocabulary.kind_of(entry) for entry in entries}
        return names.compose(self.widget.shown)

    def _remember(self, written: list[str]) -> None:
        """Kinds for what was sent, when the form comes back with errors."""
        self._show(written, self.vocabulary.find(written) if written else {})

    def _show(self, written: list[str], found: dict[str, list[Any]]) -> None:
        self.widget.shown = {
            name: self.vocabulary.kind_of(entries[0])
            for name in written
            if len(entries := found.get(name.casefold(), [])) == 1
        }

    def to_python(self, value: Any) -> list[Chosen]:
        """Raises `ValidationError` with a sentence for each name that cannot be taken."""
        self._read, written = value, names.parse(value or "")
        if self.is_single and len(written) > 1:
            raise ValidationError(self.error_messages["single"], code="single")
        found = self.vocabulary.find(written) if written else {}
        self._show(written, found)
        chosen, errors = [], []
        for name in written:
            try:
                chosen.append(self._choose(name, found.get(name.casefold(), [])))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return _each_once(chosen)

    def _choose(self, name: str, entries: list[Any]) -> Chosen:
        if len(entries) == 1:
            return Chosen(entries[0])
        if entries:
            options = ", ".join(self.vocabulary.name_of(entry) for entry in entries)
            raise ValidationError(self.error_messages["ambiguous"], "ambiguous", {"name": name, "names": options})
        if not self.may_create:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"name": name})
        bare, kind = names.split_kind(name)
        if kind not in self.vocabulary.kinds:
            examples = ", ".join(f"“{bare} ({known})”" for known in self.vocabulary.kinds)
            raise ValidationError(self.error_messages["kind"], "kind", {"name": name, "examples": examples})
        if len(bare) > MAX_NAME:
            raise ValidationError(self.error_messages["long"], "long", {"name": bare[:40]})
        if known := self.vocabulary.find([bare]).get(bare.casefold()):
            return Chosen(known[0])
        return Chosen(None, bare, kind)

    def clean(self, value: Any) -> list[Chosen]:
        """The names as `Chosen`; empty where none is written."""
        chosen = self.to_python(value)
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        return chosen

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other names are written than stood there."""
        before = initial if isinstance(initial, str) or initial is None else self.prepare_value(initial)
        return names.parse(before or "") != names.parse(data or "")

    def entries(self, chosen: list[Chosen]) -> list[Any]:
        """The entries themselves; those that are new are made now."""
        return [choice.entry or self.vocabulary.make(choice.name, choice.kind) for choice in chosen]


def _each_once(chosen: list[Chosen]) -> list[Chosen]:
    """An alias and the full name of one entry are one choice."""
    return list({(c.entry.pk if c.entry else c.name.casefold()): c for c in chosen}.values())


def fit_to(form_class: type[forms.BaseForm], user: Any) -> type[forms.BaseForm]:
    """`form_class` with fields that know what `user` may see of their vocabularies and whether they may add to it.

    The fields are copied first: those of a class are shared by all requests.
    """
    form_class.base_fields = copy.deepcopy(form_class.base_fields)
    for field in form_class.base_fields.values():
        if isinstance(field, NamesField):
            field.vocabulary = field.widget.vocabulary = field.vocabulary.for_user(user)
            field.may_create = field.widget.may_create = user.has_perm(field.vocabulary.add_permission)
    return form_class
