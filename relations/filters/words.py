"""What one word of the text that is searched for finds."""

from dataclasses import dataclass

from django.db.models import Q

from relations.models import Place, Signatory


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text that is searched for, and the rows that its look-up found.

    Looked up beforehand, since subqueries nested word within word take the database
    minutes to plan.
    """

    needle: str
    places: list[int]
    agreements: list[int]

    @classmethod
    def look_up(cls, needle: str) -> "Word":
        """Find the places by name, and the agreements by who signed them."""
        signed = Signatory.objects.filter(folded__contains=needle)
        return cls(
            needle,
            list(Place.objects.spelled(needle).values_list("pk", flat=True)),
            list(signed.values_list("party__agreement", flat=True)),
        )

    def of(self, partnership: str) -> Q:
        """The condition that a partnership, reached by this name, has the word in a name or its summary."""
        return (
            Q(**{f"{partnership}__folded__contains": self.needle})
            | Q(**{f"{partnership}__italian_place__in": self.places})
            | Q(**{f"{partnership}__japanese_place__in": self.places})
        )
