"""What was loaded from files, so that an editor's later changes are not overwritten."""

from django.db import models


class LoadedRecord(models.Model):
    """The content that a record had when a file last wrote it.

    `loading` compares the fingerprint with that of the record as it stands: where they
    differ, an editor has changed (or deleted) it since.
    """

    model = models.CharField(max_length=50)
    key = models.CharField(max_length=600)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="relations_loadedrecord_once", fields=("model", "key")),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
