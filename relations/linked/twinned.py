"""Which partnerships are twinnings in the sense of Wikidata's P190 (twinned administrative body)."""

from datetime import date

from relations.counts import AFFILIATIONS, joins_local_governments
from relations.models import Agreement, Partnership


def affiliations(partnership: Partnership, on: date) -> list[Agreement]:
    """Its public acts that, by a day, have made twins of its two places, oldest first; those that ended since too.

    Twinnings, friendship pacts and friendship records of the governments of both places
    themselves: what a chamber of commerce signs, or a letter of intent, makes no twins.

    Note: this reads the agreements and their parties; prefetch them where there are several rows.
    """
    ends = {partnership.italian_place_id, partnership.japanese_place_id}
    return [
        act
        for act in partnership.public_agreements
        if act.kind in AFFILIATIONS
        and (act.signed_earliest or on) <= on
        and joins_local_governments(act)
        and ends <= {party.place_id for party in act.parties.all()}
    ]
