"""The page of a sealed identity: whose promise it is, who may open it, the acts on it. It shows a name once."""

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import identities, permissions
from ..forms.identity import GrantForm, PurgeForm, RevealForm, SealForm
from ..identities.acts import is_owner, may_reveal
from ..models import Source, SourceIdentity

FRESH = 15 * 60  # seconds for which a password counts as just given
KEPT = "identity_password_at"
LOG = 20  # lines shown to the owner
ACTS = ("seal", "reveal", "grant", "revoke", "purge")


class IdentityAdminMixin:
    """Adds `admin:articles_source_identity` to the admin of sources."""

    def get_urls(self) -> list:
        """One page, which is read and posted."""
        view = require_http_methods(["GET", "HEAD", "POST"])(self.identity)
        view = never_cache(sensitive_post_parameters("password", "name", "contact")(view))
        return [
            path("<int:pk>/identity/", self.admin_site.admin_view(view), name="articles_source_identity"),
            *super().get_urls(),
        ]

    def identity(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who may not know of the source is told of nothing; who may, sees whose promise it is."""
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk, is_confidential=True)
        identity = SourceIdentity.sealed.filter(source=source).select_related("owner").first()
        page = Page(self, request, source, identity)
        if request.method != "POST":
            return page.answer()
        act = request.POST.get("act", "")
        if act not in ACTS or (identity is None and act != "seal"):
            raise PermissionDenied
        return getattr(page, act)()


class Page:
    """The forms of one identity for one person, and what comes of them."""

    def __init__(self, model_admin: Any, request: HttpRequest, source: Source, identity: SourceIdentity | None) -> None:
        self.model_admin = model_admin
        self.request = request
        self.user = request.user
        self.source = source
        self.identity = identity
        self.is_fresh = time.time() - request.session.get(KEPT, 0) < FRESH

    # --- the acts

    @sensitive_variables("form", "contact")
    def seal(self) -> HttpResponse:
        """Keep it, or keep it anew."""
        form = SealForm(self.request.POST)
        if not form.is_valid():
            return self.answer(seal_form=form, status=422)
        contact = identities.Contact(form.cleaned_data["name"], form.cleaned_data["contact"])
        try:
            identities.seal(self.source, contact, by=self.user, keep_until=form.cleaned_data["keep_until"])
        except identities.VaultIsClosed as closed:
            form.add_error(None, str(closed))
            return self.answer(seal_form=form, status=503)
        return self._done(_("Sealed. Nobody reads it here but you and whom you let in."))

    @sensitive_variables("form", "contact")
    def reveal(self) -> HttpResponse:
        """Show it on this answer, and on no other."""
        if not may_reveal(self.user, self.identity):
            identities.reveal(self.identity, by=self.user, reason=self.request.POST.get("reason", "")[:500])
        form = RevealForm(self.request.POST, is_fresh=self.is_fresh)
        if form.is_valid() and not self.is_fresh and not self._knows_password(form.cleaned_data["password"]):
            form.add_error("password", _("That is not your password."))
        if not form.is_valid():
            return self.answer(reveal_form=form, status=422)
        try:
            contact = identities.reveal(self.identity, by=self.user, reason=form.cleaned_data["reason"])
        except (identities.VaultIsClosed, identities.DoesNotOpen) as closed:
            form.add_error(None, str(closed))
            return self.answer(reveal_form=form, status=503)
        response = self.answer(contact=contact)
        response["Referrer-Policy"] = "no-referrer"
        return response

    def grant(self) -> HttpResponse:
        """Let a colleague in."""
        form = GrantForm(self.request.POST)
        if not form.is_valid():
            return self.answer(grant_form=form, status=422)
        person = form.cleaned_data["person"]
        identities.grant(self.identity, person, by=self.user, reason=form.cleaned_data["reason"])
        return self._done(_("%(who)s may reveal it now.") % {"who": person})

    def revoke(self) -> HttpResponse:
        """Shut them out, or leave by oneself."""
        key = self.request.POST.get("person", "")
        number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
        found = get_object_or_404(self.identity.grants.select_related("user"), user=number)
        identities.revoke(self.identity, found.user, by=self.user)
        return self._done(_("%(who)s may not reveal it any more.") % {"who": found.user})

    def purge(self) -> HttpResponse:
        """Delete it for good."""
        form = PurgeForm(self.request.POST)
        if not form.is_valid():
            return self.answer(purge_form=form, status=422)
        identities.purge(self.identity, by=self.user, reason=form.cleaned_data["reason"])
        return self._done(_("Deleted for good. The source stays, under its working label."))

    # --- the page

    def answer(self, status: int = 200, **given: Any) -> HttpResponse:
        """What this person may see and do of it."""
        owns = self.identity is not None and is_owner(self.user, self.identity)
        may_record = bool(permissions.scopes(permissions.roles_of(self.user), "edit_sources"))
        may_seal = may_record and (owns if self.identity else self.source.recorded_by_id == self.user.pk)
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": _("Who it is"),
            "opts": self.model_admin.opts,
            "source": self.source,
            "identity": self.identity,
            "owns": owns,
            "grants": list(self.identity.grants.select_related("user")) if owns else [],
            "log": self._log() if owns else [],
            "seal_form": given.pop("seal_form", SealForm()) if may_seal else None,
            "reveal_form": self._reveal_form(given),
            "grant_form": given.pop("grant_form", GrantForm()) if owns else None,
            "purge_form": given.pop("purge_form", PurgeForm()) if owns else None,
            **given,
        }
        return TemplateResponse(self.request, "admin/articles/source/identity.html", context, status=status)

    def _reveal_form(self, given: dict[str, Any]) -> RevealForm | None:
        if self.identity is None or not may_reveal(self.user, self.identity):
            return None
        return given.pop("reveal_form", None) or RevealForm(is_fresh=self.is_fresh)

    def _log(self) -> list[Any]:
        rows = identities.lines_of(self.source.pk)
        return list(rows.select_related("by").order_by("-number")[:LOG])

    def _knows_password(self, password: str) -> bool:
        """Counted by the lock of the login page; good for fifteen minutes."""
        known = authenticate(self.request, username=self.user.get_username(), password=password)
        if known != self.user:
            return False
        self.request.session[KEPT] = time.time()
        return True

    def _done(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect("admin:articles_source_identity", self.source.pk)
