"""When a record came into the atlas, and when it last changed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _DateTimeField = models.DateTimeField[Any, Any]
else:
    _DateTimeField = models.DateTimeField


class MomentField(_DateTimeField):
    """A moment of the atlas's own book-keeping: nobody edits it, and no fixture holds it.

    Its default, unlike `auto_now_add`, is there in raw saves too, which is how `loaddata` writes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = {"default": timezone.now, "editable": False, "serialize": False}
        super().__init__(*args, **kwargs | own)

    def deconstruct(self) -> Any:
        """Leave to the field what is the same for all of its kind."""
        name, path, args, kwargs = super().deconstruct()
        own = {"default", "editable", "serialize"}
        return name, path, args, {k: v for k, v in kwargs.items() if k not in own}


class ChangedField(MomentField):
    """The moment of the last time that the record was saved, alone or with others at once."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: ARG002, FBT001 # as in Django
        """Now; of what is new, the moment when it was added."""
        is_new = model_instance._state.adding  # noqa: SLF001 # documented API
        moment = model_instance.added if is_new else timezone.now()
        setattr(model_instance, self.attname, moment)
        return moment


class Tracked(models.Model):
    """Mixin of what remembers when it was added and when it last changed.

    A change of one of its parts (a party, a signatory, a citation) is a change of it: who writes
    the version of the part moves the moment too, see `relations.models.announcing`, and a load
    does so itself.
    """

    added = MomentField(_("added"))
    changed = ChangedField(_("changed"))

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the row, and the moment even where only some fields are fetched or saved."""
        self.__dict__.setdefault("changed", None)  # else Django takes it for deferred
        if update_fields is not None:
            update_fields = {*update_fields, "changed"}
        super().save(*args, update_fields=update_fields, **kwargs)
