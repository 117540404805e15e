"""Names that are places, names that are not, and homonyms."""

import pytest


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Il sindaco della Spezia accoglie gli ospiti.", {"IT-011015"}),
        ("È stato firmato oggi all'Aquila l'accordo.", {"IT-066049"}),
        ("La missione dell’Emilia-Romagna in Giappone.", {"IT-45"}),
        ("La delegazione di Izumisano-shi è arrivata.", {"JP-27213"}),
        ("泉佐野市の代表団が来訪した。", {"JP-27213"}),
        ("Il Molise guarda a oriente.", {"IT-67"}),
        ("La firma con la Prefettura di Ibaraki.", {"JP-08"}),
        ("La città di Ibaraki ha scritto.", {"JP-27211"}),
        ("Il villaggio di Shirakawa è famoso in Giappone.", {"JP-21604"}),
        ("La cittadina di Shirakawa in Giappone.", {"JP-21506"}),
        ("Il sindaco di Ome (Brescia) è partito.", {"IT-017123", "IT-017029"}),
        ("Il sindaco di Ome (Tokyo) è arrivato.", {"JP-13205", "JP-13"}),
        ("イタリアのラヴェンナ市と協定を結ぶ。", {"IT-039014"}),
        ("イタリアのラベンナ市と協定を結ぶ。", {"IT-039014"}),
    ],
)
def test_names_are_places(places_of, text, keys):
    assert {mention.key for mention in places_of(text)} == keys


@pytest.mark.parametrize(
    "text",
    [
        "La sede è in via Bologna 12.",
        "La sede è in viale Bologna 12.",
        "Ha parlato la presidente Luciana Di Bisceglie.",
        "Lo ha detto l'assessore Faenza.",
        "Una vita per il Giappone. Vita e lavoro.",
        "Si è cenato al ristorante Osaka.",
        "コモ湖と岐阜駅のあいだ",
    ],
)
def test_other_names_are_none(places_of, text):
    assert places_of(text) == ()


def test_evidence_covers_every_mention(reader):
    text = "La Spezia e Izumisano. La firma a Izumisano con la Spezia."

    places = {place.value.key: place for place in reader.read(text).places}

    izumisano = places["JP-27213"].evidence
    assert [text[span.start : span.end] for span in izumisano] == ["Izumisano", "Izumisano"]
