"""Rows ↔ records, as django-import-export drives it row by row."""

# Overrides keep the signatures of django-import-export:
# ruff: noqa: ARG002

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from import_export import fields, resources

from relations.bulk.lookups import Lookups
from relations.bulk.parts import Parts, named, resolved
from relations.bulk.validation import check_constraints, clean, make_slug
from relations.cells import guarded, unguarded
from relations.enums import PublicationState
from relations.models import Agreement, Citation, Event, GazetteerEntry, Place
from relations.permissions import check_change
from relations.tables import TABLES, CellError, Column, Table
from relations.tables.forms import One


class Cell(fields.Field):  # type: ignore[misc] # the package has no types
    """A column, as the package sees a field."""

    def __init__(self, column: Column) -> None:
        super().__init__(attribute=column.name, column_name=column.name)
        self.column = column

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """The value of the cell."""
        return self.column.form.parse(unguarded(row[self.column_name]))

    def export(self, instance: Any, **kwargs: Any) -> str:
        """The cell of a record."""
        return self.column.cell(instance)


class TableResource(resources.Resource):  # type: ignore[misc] # likewise
    """Writes the rows of a table, and reads them. `user` is who imports, None at the command line."""

    table: ClassVar[Table]

    class Meta:
        skip_diff = True

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        self.fields = {column.name: Cell(column) for column in self.table.columns}
        self.lookups = Lookups(may_add=self._may("add_place"))
        self.changes: dict[str, Any] = {}
        self.said: list[tuple[str, str, str]] = []
        self._parts: Parts

    @classmethod
    def get_display_name(cls) -> str:
        """The name of the table."""
        return cls.table.kind

    # Writing files

    def get_queryset(self) -> Any:
        """All records."""
        return self.table.model._default_manager.all()  # noqa: SLF001 # public in all but name

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """The same records in the order of the table, with all that their rows need."""
        return self.table.fetch(queryset.order_by(*self.table.order))

    def after_export(self, queryset: Any, dataset: Any, **kwargs: Any) -> None:
        """The name of the sheet in a workbook."""
        dataset.title = self.table.kind

    def get_chunk_size(self) -> int:
        """So many records are held at once."""
        return 500

    # Reading them

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Any, bool]:
        """The record that a row is about, or a new one."""
        current = instance_loader.get_instance(row)
        return (current, False) if current else (self.init_instance(row), True)

    def init_instance(self, row: Any = None) -> Any:
        """A new record; a place is made of its entry in the gazetteer, where it has one."""
        if self.table.model is Place:
            known = {name: row.get(name, "").strip() for name in ("country", "code")}
            entry = GazetteerEntry.objects.filter(**known).first() if known["code"] else None
            return entry.place() if entry else Place()
        return self.table.model()

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Find out what a row changes, and change what is the record's own."""
        self.changes, self.said = {}, []
        errors: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name in row:
                try:
                    self._compare(instance, field, row)
                except CellError as error:
                    errors[name] = ValidationError(str(error))
        try:
            if not errors:
                self._resolve_signatories(instance)
        except CellError as error:
            errors["signatories"] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def _compare(self, instance: Any, field: Cell, row: Any) -> None:
        column, cell = field.column, row[field.column_name]
        written = column.text(instance)
        says_nothing = (instance.pk is None or column.fixed) and not cell.strip()
        if says_nothing or cell in (written, guarded(written)):
            return
        value = self.lookups.settled(column, field.clean(row))
        if value == self._standing(column, written):
            return
        self._refuse_fixed(instance, column)
        self.changes[column.name] = value
        self.said.append((column.name, written, column.form.text(value)))
        if not column.is_many:
            if isinstance(column.form, One):
                value = self.lookups.find(column.form.model, value) if value else None
            setattr(instance, column.name, value)

    def _standing(self, column: Column, written: str) -> Any:
        """The value that stands, None where it is one that no file could bring in today."""
        try:
            return self.lookups.settled(column, column.form.parse(written))
        except CellError:
            return None

    def _refuse_fixed(self, instance: Any, column: Column) -> None:
        if column.fixed:
            raise CellError(
                _(
                    "An import publishes and withdraws nothing. Leave the cell empty or as it was exported, and change the state in the list."
                )
            )
        if column.name == "country" and instance.pk:
            raise CellError(_("A place does not pass from one country to the other."))

    def _resolve_signatories(self, instance: Any) -> None:
        """Replace names of parties by their keys, as the parties will be."""
        if "signatories" not in self.changes and "parties" not in self.changes:
            return
        column = self.table.by_name["parties"]
        before = tuple((line[0], line[1], line[4]) for line in column.value(instance))
        lines = self.changes.get("parties")
        after = before if lines is None else tuple((line[0], line[1], line[4]) for line in lines)
        written = self.table.by_name["signatories"].value(instance)
        signed = resolved(written, before)
        if "signatories" in self.changes:
            wanted = resolved(self.changes["signatories"], after)
            self.changes["signatories"] = wanted
            if wanted == signed:
                self._forget("signatories")
        elif any(line[0] not in after for line in signed):
            raise CellError(
                _(
                    "A party is left out for which someone has signed. Give the column “signatories” too, without them."
                )
            )

    def _forget(self, name: str) -> None:
        del self.changes[name]
        self.said = [said for said in self.said if said[0] != name]

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Whether a row changes nothing."""
        return not (import_validation_errors or self.changes or instance.pk is None)

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,  # noqa: FBT001, FBT002 # as in the package
    ) -> None:
        """Check what needs no query; uniqueness and other constraints are the database's."""
        errors = dict(import_validation_errors or {})
        if not errors:
            make_slug(instance)
            self._check_permission(instance)
        try:
            clean(instance, exclude=set(errors))
        except ValidationError as refusal:
            errors = refusal.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _check_permission(self, instance: Any) -> None:
        if self.user is not None and (instance.pk or isinstance(instance, Citation)):
            check_change(self.user, instance)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001 # likewise
        """Save the record and its parts, or nothing of it."""
        try:
            with transaction.atomic():
                self._write(instance, is_create=is_create)
        except IntegrityError as error:
            if is_create:
                instance.pk, instance._state.adding = None, True  # noqa: SLF001 # documented API
            self._explain(instance)
            raise ValidationError(_("The database refuses this row.")) from error
        self.lookups_add(instance)

    def lookups_add(self, instance: Any) -> None:
        """Let later rows refer to it."""
        name = instance._meta.model_name  # noqa: SLF001 # public in all but name
        if name != "citation":
            self.lookups.add(name, instance)

    def _write(self, instance: Any, *, is_create: bool) -> None:
        many = [c for c in self.table.columns if c.is_many and c.name in self.changes]
        is_own = is_create or len(self.changes) > len(many)
        self._parts = Parts(self.lookups, self._write_part, self._remove_part, is_new=is_create)
        if is_own:
            instance.save(force_insert=is_create)
        for column in many:
            try:
                self._parts.set(instance, column, self.changes[column.name])
            except ValidationError as refusal:
                raise ValidationError({column.name: refusal.messages}) from refusal
        if isinstance(instance, (Agreement, Event)):
            self._after_parts(instance, is_own=is_own)

    def _after_parts(self, instance: Agreement | Event, *, is_own: bool) -> None:
        """Move the moment of the last change, and check that what is public may stay so."""
        if not is_own:
            instance.save(update_fields=["changed"])
        if instance.state == PublicationState.PUBLISHED:
            getattr(instance, "_prefetched_objects_cache", {}).clear()
            instance.check_publishable()

    def _write_part(self, part: models.Model) -> None:
        clean(part)
        part.save()

    def _remove_part(self, part: models.Model) -> None:
        name = part._meta.model_name  # noqa: SLF001 # public in all but name
        if not self._may(f"delete_{name}"):
            raise ValidationError(_("You may not remove “%(part)s”.") % {"part": part})
        part.delete()

    def _explain(self, instance: models.Model) -> None:
        """Say why the database refuses a row."""
        check_constraints(instance)
        parent = str(instance._meta.model_name) if instance.pk is None else ""  # noqa: SLF001 # public in all but name
        for column, key, part in self._parts.written:
            try:
                check_constraints(part, parent)
            except ValidationError as refusal:
                raise ValidationError({column: named(key, refusal)}) from refusal

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Done with the rest."""

    def _may(self, codename: str) -> bool:
        return self.user is None or self.user.has_perm(f"relations.{codename}")


RESOURCES: dict[str, type[TableResource]] = {
    kind: type(f"{kind.title()}Resource", (TableResource,), {"table": table})
    for kind, table in TABLES.items()
}
