"""The second factor of an account: a code from an app (TOTP, RFC 6238), or a recovery code.

Its secrets lie in the tables of django-otp, and only the page that sets it up ever shows them.
"""

import re
import secrets
import time
import unicodedata
from binascii import unhexlify

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_login_failed
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from relations.publishing import desk_log

CODE = 6  # digits of a code from the app
RECOVERY_CODE = 12  # and of a recovery code, which is told from the other by its length
RECOVERY_CODES = 10


def device_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """The app that the account has set up."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return device


def codes_left(user: AbstractBaseUser) -> int:
    """How many recovery codes are not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


def digits_of(typed: str) -> str:
    """The digits of what was typed, full-width ones too, without the blanks between groups."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))


def check_code(request: HttpRequest | None, user: AbstractBaseUser, typed: str) -> Device:
    """Check a code, which is then used up, and return the device that it is of.

    What is wrong counts as a failed attempt to sign in, and makes the next one wait.

    Raises:
        ValidationError: nothing was typed, or it is not valid.
    """
    digits = digits_of(typed)
    if not digits:
        raise ValidationError(_("Enter the code that your app shows, or a recovery code."))
    with transaction.atomic():
        device = _device_with(user, len(digits))
        is_right = device is not None and bool(device.verify_token(digits))
    if device is None or not is_right:
        desk_log.warning("code refused: user %s", user.pk)
        user_login_failed.send(
            sender=__name__, credentials={"username": user.get_username()}, request=request
        )
        raise ValidationError(
            _("This code is not valid, or no longer. Wait a little and enter the next one.")
        )
    if isinstance(device, StaticDevice):
        desk_log.warning("recovery code used: user %s", user.pk)
    return device


def _device_with(user: AbstractBaseUser, length: int) -> Device | None:
    """The device whose codes are so long, locked: no code is taken twice."""
    model = {CODE: TOTPDevice, RECOVERY_CODE: StaticDevice}.get(length)
    if model is None:
        return None
    device: Device | None = model.objects.select_for_update().filter(user=user).first()
    return device


def set_up(user: AbstractBaseUser, key: str, typed: str) -> TOTPDevice:
    """Keep a secret (40 hexadecimal digits) that an app has proved to have by a code.

    Raises:
        ValidationError: the code is not of this secret.
    """
    digits = digits_of(typed)
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if len(digits) != CODE or not digits.isdecimal() or not totp.verify(int(digits), tolerance=1):
        raise ValidationError(
            _(
                "This is not the code of the secret shown here. Enter the one that the app shows now."
            )
        )
    with transaction.atomic():
        _forget(user)
        device: TOTPDevice = TOTPDevice.objects.create(
            user=user, name="app", key=key, drift=totp.drift, last_t=totp.t()
        )
    desk_log.info("second factor set up: user %s", user.pk)
    return device


def renew_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Give the account ten new recovery codes; those before are no longer valid."""
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(f"{secrets.randbelow(10**RECOVERY_CODE):0{RECOVERY_CODE}}")
    with transaction.atomic():
        device, _is_new = StaticDevice.objects.get_or_create(user=user, name="recovery")
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    desk_log.info("recovery codes made: user %s", user.pk)
    return sorted(codes)


def remove(user: AbstractBaseUser, by: str, *, but: str | None = None) -> bool:
    """Take the second factor off an account, and end its sessions but one; False where it has none.

    `by` says for the log who did.
    """
    if not _forget(user):
        return False
    end_sessions(user, but=but)
    desk_log.warning("second factor removed: user %s by %s", user.pk, by)
    return True


def _forget(user: AbstractBaseUser) -> bool:
    found = [model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)]
    return any(found)


def end_sessions(user: AbstractBaseUser, *, but: str | None = None) -> None:
    """Sign an account out wherever it is signed in, except in one session."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        is_theirs = session.get_decoded().get(SESSION_KEY) == str(user.pk)
        if is_theirs and session.session_key != but:
            session.delete()
