"""What is doubtful is asked once: it is saved when the editor has read it."""

# Overrides keep Django's signatures:
# ruff: noqa: FBT001

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relations.doubts import Doubt, doubts_about


class DoubtError(ValidationError):
    """What is typed can be saved, but an editor is asked first whether it is meant."""

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__(
            _("Read what is noted here. If it is right so, tick the box and save again.")
        )
        self.doubts = doubts


class AsksOnce:
    """Mixin of a `DeskAdmin` whose records `relations.doubts` knows."""

    model: Any

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note what was doubtful before, and what the editor has read."""
        stored = self.model.objects.filter(pk=obj.pk) if change else ()
        known = {doubt.code for row in stored for doubt in doubts_about(row, timezone.localdate())}
        if "doubts_read" in request.POST:
            known.update(request.POST.getlist("doubt"))
        request.known_doubts = known  # type: ignore[attr-defined] # read by save_related
        super().save_model(request, obj, form, change)  # type: ignore[misc] # of the admin that this is mixed into

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Ask before what is new and doubtful is saved."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc] # likewise
        known = request.known_doubts  # type: ignore[attr-defined] # written by save_model
        found = doubts_about(self.model.objects.get(pk=form.instance.pk), timezone.localdate())
        if new := [doubt for doubt in found if doubt.code not in known]:
            raise DoubtError(new)
