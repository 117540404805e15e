"""How values are written into cells and read from them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.dates import DateError, parse

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

BETWEEN = ";"
_DEGREE = Decimal("0.00001")
_DECIMAL = re.compile(r"-?\d{1,3}(\.\d{1,20})?", re.ASCII)
_MOST_DIGITS = 9
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0", "")


class CellError(ValueError):
    """A cell that cannot be read; the message says what was expected and what to do."""


class Form:
    """Plain text, as it is: how each kind of value is written.

    `expected` says what a cell holds, for the list of the columns.
    """

    expected: "StrPromise" = gettext_lazy("text")

    def text(self, value: Any) -> str:
        """The value as a file has it; nothing is an empty cell."""
        return "" if value is None else str(value)

    def parse(self, text: str) -> Any:
        """The value that a cell has.

        Raises:
            CellError: it has none.
        """
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class Choice(Form):
    """One of a vocabulary's codes. `default` stands for an empty cell."""

    def __init__(self, choices: type[TextChoices], default: str = "") -> None:
        self.codes = list(choices.values)
        self.default = default

    @property
    def expected(self) -> "StrPromise | str":  # type: ignore[override] # computed here
        """The codes."""
        return _("one of: %s") % ", ".join(self.codes)

    def parse(self, text: str) -> str:
        """The code, also where it is written in capitals."""
        code = text.strip() or self.default
        found = {known.casefold(): known for known in self.codes}.get(code.casefold(), code)
        if found and found not in self.codes:
            raise CellError(
                _("“%(text)s” is none of the codes. Write one of: %(codes)s.")
                % {"text": text, "codes": ", ".join(self.codes)}
            )
        return found


class When(Form):
    """A date as far as it is known (EDTF)."""

    expected = gettext_lazy("a date: 1960-05-03, 2013-11, 1986, 1986~; empty if unknown")

    def parse(self, text: str) -> str:
        """The date in canonical form."""
        try:
            return parse(text).edtf
        except DateError as error:
            raise CellError(str(error)) from error


class Day(Form):
    """A day of the calendar."""

    expected = gettext_lazy("a day: 2025-09-23")

    def text(self, value: date | None) -> str:
        """ISO 8601."""
        return value.isoformat() if value else ""

    def parse(self, text: str) -> date | None:
        """The day, None for an empty cell."""
        try:
            return date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError as error:
            raise CellError(
                _("“%(text)s” is not a day. Write it as 2025-09-23.") % {"text": text}
            ) from error


class Whole(Form):
    """A whole number."""

    expected = gettext_lazy("a whole number")

    def parse(self, text: str) -> int | None:
        """The number, None for an empty cell."""
        digits = unicodedata.normalize("NFKC", text).strip()
        if not digits:
            return None
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
            raise CellError(
                _("“%(text)s” is not a whole number. Write digits only, such as 60.")
                % {"text": text}
            )
        return int(digits)


class Degrees(Form):
    """Latitude or longitude in degrees, to five decimals."""

    expected = gettext_lazy("degrees: 44.10250")

    def text(self, value: Decimal | None) -> str:
        """Five decimals."""
        return "" if value is None else str(value.quantize(_DEGREE))

    def parse(self, text: str) -> Decimal | None:
        """The number, also with a decimal comma."""
        digits = unicodedata.normalize("NFKC", text).strip().replace(",", ".")
        if not digits:
            return None
        if not _DECIMAL.fullmatch(digits):
            raise CellError(
                _("“%(text)s” is not a number of degrees. Write it as 44.10250.") % {"text": text}
            )
        return Decimal(digits).quantize(_DEGREE)


class YesNo(Form):
    """Yes or no; an empty cell says no."""

    expected = gettext_lazy("yes or no")

    def text(self, value: bool) -> str:  # noqa: FBT001 # the value of a cell
        """One of two words."""
        return "yes" if value else "no"

    def parse(self, text: str) -> bool:
        """Whether it says yes."""
        is_yes = self.says_yes(text)
        if not is_yes and text.strip().casefold() not in _NO:
            raise CellError(_("“%(text)s” is neither yes nor no.") % {"text": text})
        return is_yes

    @staticmethod
    def says_yes(text: str) -> bool:
        """Whether a cell says yes; what says neither does not."""
        return text.strip().casefold() in _YES


class One(Form):
    """One other record, by its slug; `model` is the name of its model."""

    def __init__(self, model: str) -> None:
        self.model = model

    @property
    def expected(self) -> "StrPromise | str":  # type: ignore[override] # computed here
        """The slug; of a place, also the key of an entry of the gazetteer."""
        if self.model == "place":
            return gettext_lazy("the slug of a place, or its country and official code: IT-011015")
        return gettext_lazy("the slug of one record")


class Many(One):
    """Any number of other records, by their slugs, in alphabetical order."""

    @property
    def expected(self) -> "StrPromise | str":  # type: ignore[override] # computed here
        """How they are parted."""
        return gettext_lazy("slugs, parted by semicolons: culture; education")

    def text(self, value: tuple[str, ...]) -> str:
        """The slugs, parted by semicolons."""
        return f"{BETWEEN} ".join(sorted(value))

    def parse(self, text: str) -> tuple[str, ...]:
        """The slugs, each once."""
        parts = text.replace("\n", BETWEEN).split(BETWEEN)
        return tuple(sorted({part.strip() for part in parts if part.strip()}))
