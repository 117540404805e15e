"""What ties two places, in few words: “twinning since 2005”."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from relations.dates import DatePrecision, PartialDate, format_date
from relations.enums import AgreementKind, Status
from relations.models import Agreement, Partnership
from relations.models.partnerships import first_signed


def in_words(partnership: Partnership, acts: Sequence[Agreement]) -> str:
    """What ties two places on a day, in the middle of a sentence: “twinning since 2005”, “proposed partnership”.

    It is said of the weightiest kind among the acts that stand as the partnership does. The
    year is that of the first act of this kind that did not end.
    """
    status = Status(partnership.status)  # type: ignore[attr-defined] # annotated
    standing = [act for act in acts if act.status == status]  # type: ignore[attr-defined] # annotated
    if status == Status.PROPOSED or not standing:
        return _("proposed partnership")
    kind = min((AgreementKind(act.kind) for act in standing), key=list(AgreementKind).index)
    chain = [act for act in acts if act.kind == kind and (act in standing or not act.ended)]
    words = {"tie": _since(kind, first_signed(chain), status)}
    if status == Status.IN_RENEWAL:
        return _("%(tie)s, in renewal") % words
    return _("%(tie)s, ended") % words if status == Status.ENDED else words["tie"]


def _since(kind: AgreementKind, signed: PartialDate, status: Status) -> str:
    """A kind of act with its year, no more precise than that is known; without one where it is not."""
    label = _("agreement") if kind == AgreementKind.OTHER else lower(str(kind.label))
    words = {"kind": label, "date": format_date(signed)}
    if not signed.is_known or signed.earliest is None:
        return words["kind"]
    if signed.precision == DatePrecision.DECADE or signed.approximate or signed.uncertain:
        return _("%(kind)s (%(date)s)") % words
    words["year"] = str(signed.earliest.year)
    if status in (Status.IN_FORCE, Status.IN_RENEWAL):
        return _("%(kind)s since %(year)s") % words
    return _("%(kind)s of %(year)s") % words


def lower(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].lower() + label[1:]
