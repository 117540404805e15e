"""What ties two places is said as far as it is known, and no further."""

import pytest
from django.utils import timezone, translation

from relations import ties
from relations.enums import AgreementKind, Renewal
from relations.models import Agreement, Partnership
from tests.factories import make_agreement, make_event, make_partnership

TODAY = timezone.localdate()


def tie_of(partnership: Partnership, language: str = "en") -> str:
    """What ties the two places today."""
    read = Partnership.objects.with_places().with_status(TODAY).get(pk=partnership.pk)
    acts = Agreement.objects.published().filter(partnership=read).with_status(TODAY)
    with translation.override(language):
        return ties.in_words(read, list(acts.order_by("signed_earliest")))


@pytest.mark.parametrize(
    ("fields", "tie"),
    [
        ({"signed": "2005-05-27"}, "twinning since 2005"),
        ({"signed": "2005"}, "twinning since 2005"),
        ({"signed": "1986~"}, "twinning (about 1986)"),
        ({"signed": "1986?"}, "twinning (1986, uncertain)"),
        ({"signed": "198X"}, "twinning (1980s)"),
        ({"signed": ""}, "twinning"),
        ({"signed": "1963", "ended": "2010"}, "twinning of 1963, ended"),
        ({"signed": "", "ended": "2010"}, "twinning, ended"),
        ({"signed": "2001", "term_months": 60, "renewal": Renewal.UNKNOWN}, "twinning of 2001"),
        ({"signed": "2013", "kind": AgreementKind.FRIENDSHIP_PACT}, "friendship pact since 2013"),
        ({"signed": "2090"}, "proposed partnership"),
    ],
)
def test_a_tie_is_said_as_far_as_it_is_known(db: None, fields: dict[str, object], tie: str) -> None:
    assert tie_of(make_agreement(**fields).partnership) == tie


def test_where_nothing_is_signed_a_partnership_is_proposed(db: None) -> None:
    partnership = make_partnership()
    make_event(partnerships=(partnership,))

    assert tie_of(partnership) == "proposed partnership"


def test_the_weightiest_kind_that_stands_names_the_tie(db: None) -> None:
    partnership = make_partnership()
    make_agreement(
        partnership=partnership, kind=AgreementKind.TWINNING, signed="1960", ended="1990"
    )
    make_agreement(partnership=partnership, kind=AgreementKind.MEMORANDUM, signed="2013")
    make_agreement(partnership=partnership, kind=AgreementKind.PROTOCOL, signed="2001")

    assert tie_of(partnership) == "memorandum of understanding since 2013"


def test_what_ended_is_no_beginning_of_what_stands(db: None) -> None:
    partnership = make_partnership()
    make_agreement(partnership=partnership, signed="1960", ended="1990")
    make_agreement(partnership=partnership, signed="2005")

    assert tie_of(partnership) == "twinning since 2005"


def test_a_letter_of_intent_shows_what_is_in_renewal(db: None) -> None:
    act = make_agreement(signed="1960")
    make_agreement(
        partnership=act.partnership,
        signed="2025",
        kind=AgreementKind.LETTER_OF_INTENT,
        renews=act,
    )

    assert tie_of(act.partnership) == "twinning since 1960, in renewal"
