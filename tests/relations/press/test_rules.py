"""The smaller rules: terms, renewals, languages, documents, names in katakana."""

import pytest

from relations.enums import AgreementKind, Country, Language, Renewal
from relations.press.documents import documents
from relations.press.katakana import in_katakana, sound_of
from relations.press.languages import language_of
from relations.press.layout import Layout
from relations.press.people import country_of_name
from relations.press.terms import renewal, term_months

_K = AgreementKind


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Il protocollo ha una durata di tre anni.", 36),
        ("L'intesa, quinquennale, sarà rinnovata.", 60),
        ("La lettera avrà effetto per 24 mesi.", 24),
        ("The agreement is valid for three years.", 36),
        ("It will sign the ten-year agreement.", 120),
        ("有効期間は3年間とする。", 36),
        ("Durata: un anno, poi si vedrà.", 12),
        ("Il patto è a tempo indeterminato.", None),
        ("Disdetta con preavviso di tre mesi.", None),
        ("Sono passati vent'anni dalla guerra.", None),
    ],
)
def test_terms(text, months):
    found = term_months(Layout(text))

    assert (found.value if found else None) == months


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("si rinnoverà automaticamente, salvo disdetta", Renewal.AUTOMATIC),
        ("si intende tacitamente rinnovato", Renewal.AUTOMATIC),
        ("自動的に更新される", Renewal.AUTOMATIC),
        ("potrà essere rinnovata con un nuovo accordo delle parti", Renewal.BY_AGREEMENT),
        ("can be renewed by mutual consent", Renewal.BY_AGREEMENT),
        ("senza rinnovo tacito: alla scadenza cessa", Renewal.NONE),
        ("hanno rinnovato il patto", None),
    ],
)
def test_renewals(text, kind):
    found = renewal(Layout(text))

    assert (found.value if found else None) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("un Memorandum d’Intesa", _K.MEMORANDUM),
        ("un memorandum of understanding", _K.MEMORANDUM),
        ("il protocollo d'intesa", _K.PROTOCOL),
        ("il verbale di amicizia", _K.FRIENDSHIP_RECORD),
        ("una lettera d'intenti", _K.LETTER_OF_INTENT),
        ("il patto d'amicizia e collaborazione", _K.FRIENDSHIP_PACT),
        ("un accordo di gemellaggio", _K.TWINNING),
        ("una dichiarazione congiunta", _K.OTHER),
        ("姉妹都市提携", _K.TWINNING),
        ("友好交流協定", _K.FRIENDSHIP_PACT),
        ("覚書に署名", _K.MEMORANDUM),
        ("a sister city agreement", _K.TWINNING),
        ("a friendship and cooperation agreement", _K.FRIENDSHIP_PACT),
    ],
)
def test_documents(text, kind):
    assert next(documents(Layout(text))).kind == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il sindaco di Bologna ha firmato", Language.ITALIAN),
        ("The mayor of the city has signed", Language.ENGLISH),
        ("市長が協定書に署名した", Language.JAPANESE),
    ],
)
def test_languages(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("name", "katakana"),
    [("ravenna", "ラヴェンナ"), ("cremona", "クレモナ"), ("pistoia", "ピストイア"), ("belluno", "ベッルーノ"), ("lecco", "レッコ")],
)  # fmt: skip
def test_italian_names_sound_in_katakana(name, katakana):
    assert sound_of(in_katakana(name)) == sound_of(katakana)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Hiroyasu Chiyomatsu", Country.JAPAN),
        ("Shin'ichi Ōta", Country.JAPAN),
        ("Pierluigi Peracchini", Country.ITALY),
        ("Sara Funaro", Country.ITALY),
        ("冨田幸宏", Country.JAPAN),
        ("ジュゼッペ・プロイエッティ", Country.ITALY),
    ],
)
def test_names_sound_of_a_country(name, country):
    assert country_of_name(name) == country


def test_abbreviations_end_no_sentence():
    layout = Layout("Il dott. Rossi ha firmato il n. 3. Poi è partito.")

    assert len(layout.sentences) == 2
