"""How the desk shows what changed."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from relations.dates import format_date, parse
from relations.history import Piece

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """A moment in the words of the site, to the minute."""
    local = localtime(value)
    day = format_date(parse(local.date().isoformat()))
    # Translators: a day and the time of day.
    return _("%(day)s, %(time)s") % {"day": day, "time": f"{local:%H:%M}"}


@register.filter
def marked_text(pieces: Iterable[Piece]) -> SafeString:
    """A text whose pieces are marked, with nothing between them that it does not hold."""
    return format_html_join("", "{}", ((marked_piece(piece),) for piece in pieces))


@register.filter
def marked_piece(piece: Piece) -> str | SafeString:
    """What was taken out or put in, as `del` or `ins`."""
    return format_html("<{0}>{1}</{0}>", piece.mark, piece.text) if piece.mark else piece.text
