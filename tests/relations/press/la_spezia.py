"""A release in the manner of a city's press office, in our own words, and what is to be read in it."""

from typing import Any

from relations.enums import (
    AgreementKind,
    Country,
    EventKind,
    Institution,
    Language,
    PlaceKind,
    Renewal,
)
from relations.press.readings import (
    ActReading,
    Body,
    EventReading,
    Named,
    Person,
    Reading,
    SourceReading,
    Span,
    Stage,
    Suggestion,
)

TEXT = """Comune della Spezia – Ufficio stampa

Un memorandum d’intesa lega La Spezia e Izumisano

La Spezia, 24 settembre 2025 – Ieri, 23 settembre 2025, nella città di Izumisano i sindaci delle due città hanno firmato un memorandum d’intesa.
Per La Spezia ha firmato il sindaco Pierluigi Peracchini, per Izumisano il sindaco Hiroyasu Chiyomatsu.
La collaborazione riguarda cultura, turismo, sport ed educazione. L’accordo dura tre anni e si rinnova in modo automatico, salvo disdetta.
In marzo 2025 una delegazione di Izumisano aveva visitato La Spezia.
"""

SPEZIA = Named("IT-011015", Country.ITALY, PlaceKind.MUNICIPALITY, "La Spezia")
IZUMISANO = Named("JP-27213", Country.JAPAN, PlaceKind.MUNICIPALITY, "Izumisano")


def read(value: Any, words: str, confidence: float = 0.95, **others: Any) -> Suggestion[Any]:
    """A suggestion whose evidence are these words of the text."""
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Suggestion(value, (span,), confidence, f"“{words}” says so.", **others)


ACT = ActReading(
    kind=read(AgreementKind.MEMORANDUM, "memorandum d’intesa"),
    stage=read(Stage.SIGNED, "hanno firmato"),
    signed=read("2025-09-23", "23 settembre 2025"),
    signed_at=read(IZUMISANO, "nella città di Izumisano"),
    bodies=(
        read(Body(SPEZIA, Institution.LOCAL_GOVERNMENT), "La Spezia"),
        read(Body(IZUMISANO, Institution.LOCAL_GOVERNMENT), "Izumisano"),
    ),
    signatories=(
        read(
            Person("Pierluigi Peracchini", "sindaco", Country.ITALY), "sindaco Pierluigi Peracchini"
        ),
        read(
            Person("Hiroyasu Chiyomatsu", "sindaco", Country.JAPAN), "sindaco Hiroyasu Chiyomatsu"
        ),
    ),
    term_months=read(36, "tre anni"),
    renewal=read(Renewal.AUTOMATIC, "si rinnova in modo automatico"),
    sectors=(
        read("culture", "cultura"),
        read("tourism", "turismo"),
        read("sport", "sport"),
        read("education", "educazione", 0.6),
    ),
)
EVENT = EventReading(
    kind=read(EventKind.DELEGATION, "una delegazione"),
    start=read("2025-03", "marzo 2025"),
    places=(read(IZUMISANO, "Izumisano aveva"), read(SPEZIA, "visitato La Spezia")),
)
READING = Reading(
    text=TEXT,
    language=Language.ITALIAN,
    source=SourceReading(
        publisher=read("Comune della Spezia", "Comune della Spezia"),
        title=read(
            "Un memorandum d’intesa lega La Spezia e Izumisano",
            "Un memorandum d’intesa lega La Spezia e Izumisano",
        ),
        published=read("2025-09-24", "24 settembre 2025"),
        dateline=read(SPEZIA, "La Spezia, 24"),
    ),
    places=(read(SPEZIA, "La Spezia"), read(IZUMISANO, "Izumisano")),
    acts=(ACT,),
    events=(EVENT,),
)
