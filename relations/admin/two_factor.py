"""The page on which an account sets up its second factor, makes new recovery codes, or removes it."""

from typing import Any

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django_otp import login
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from relations.admin import second_factor

_KEY = "two_factor_key"  # in the session, until the app has proved to have it
_TEMPLATE = "admin/two_factor.html"


class CodeField(forms.CharField):
    """A code from the app, or a recovery code."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "size": 16}
        widget = forms.TextInput(attrs=attributes)
        super().__init__(label=_("Sign-in code"), max_length=40, widget=widget, **kwargs)


class CodeForm(forms.Form):
    """One code."""

    code = CodeField()


def two_factor(request: HttpRequest) -> HttpResponse:
    """Lead through the set-up; once that is done, offer what can be done with it."""
    user = request.user
    if not isinstance(user, User):  # admin_view lets nobody else in
        raise TypeError
    device = second_factor.device_of(user)
    return _manage(request, user, device) if device else _set_up(request, user)


def _set_up(request: HttpRequest, user: User) -> HttpResponse:
    """Show a secret, a new one each time, and keep it once a code shows that the app has it."""
    form = CodeForm(request.POST or None)
    key = request.session.get(_KEY)
    if request.method != "POST" or not key:
        key = request.session[_KEY] = random_hex(20)
    elif form.is_valid():
        try:
            device = second_factor.set_up(user, key, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            return _begin(request, user, device)
    device = TOTPDevice(user=user, key=key)
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    code = segno.make(device.config_url, error="m")
    # In the page itself: the policy of the desk allows no picture in an address (data:).
    drawn = code.svg_inline(omitsize=True, light="#fff", svgclass="two-factor__qr", lineclass=None)
    qr = mark_safe(drawn)  # noqa: S308 # a drawing of black squares
    return _page(request, _("Set up two-factor sign-in"), form=form, secret=groups, qr=qr)


def _begin(request: HttpRequest, user: User, device: TOTPDevice) -> HttpResponse:
    """Go on with a session that is as good as one that began with a code, and with no other."""
    del request.session[_KEY]
    login(request, device)
    request.session.cycle_key()
    second_factor.end_sessions(user, but=request.session.session_key)
    return _show_codes(request, user)


def _manage(request: HttpRequest, user: User, device: TOTPDevice) -> HttpResponse:
    """Take a code, then do what was asked for with it."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.check_code(request, user, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            return (
                _remove(request, user) if "remove" in request.POST else _show_codes(request, user)
            )
    left = second_factor.codes_left(user)
    return _page(request, _("Two-factor sign-in"), form=form, device=device, left=left)


def _show_codes(request: HttpRequest, user: User) -> HttpResponse:
    """Show new recovery codes, this once."""
    codes = second_factor.renew_recovery_codes(user)
    groups = [" ".join((code[:4], code[4:8], code[8:])) for code in codes]
    return _page(request, _("Your recovery codes"), codes=groups)


def _remove(request: HttpRequest, user: User) -> HttpResponse:
    """Remove it; the session goes on, as one that began without a code."""
    second_factor.remove(user, f"user {user.pk}", but=request.session.session_key)
    request.session.cycle_key()
    messages.success(request, _("Two-factor sign-in is removed from your account."))
    return redirect("admin:index")


def _page(request: HttpRequest, title: Any, **context: Any) -> HttpResponse:
    shared = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    return TemplateResponse(request, _TEMPLATE, shared | context)
