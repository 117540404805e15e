"""Whether the addresses of sources still lead somewhere, as a program found it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from relations.enums import LinkResult

if TYPE_CHECKING:
    from datetime import date


_FAILURES = [result for result in LinkResult if result.is_failure]


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """Sets of checks."""

    def failing(self) -> "LinkCheckQuerySet":
        """Those that are somebody's work: what is gone, and what failed on two days of checking in a row."""
        again = Q(result__in=_FAILURES, failing_since__lt=F("day"))
        return self.filter(Q(result=LinkResult.GONE) | again)


class LinkCheck(models.Model):
    """What came of the last request to an address that a source names."""

    url = models.URLField(max_length=500, unique=True)
    day = models.DateField()
    result = models.CharField(max_length=20, choices=LinkResult)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP
    moved_to = models.CharField(max_length=500, blank=True)
    failing_since = models.DateField(null=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ("url",)

    def __str__(self) -> str:
        status = f" ({self.status})" if self.status else ""
        return f"{self.get_result_display()}{status}"

    @classmethod
    def note(cls, url: str, day: "date", result: LinkResult, **found: Any) -> "LinkCheck":
        """Keep what came of a request, and since when it has failed each time."""
        check = cls.objects.filter(url=url).first() or cls(url=url)
        check.day, check.result = day, result
        check.status, check.moved_to = found.get("status"), found.get("moved_to", "")[:500]
        since = check.failing_since or day
        check.failing_since = since if result.is_failure else None
        check.save()
        return check
