"""Text is folded so that what people type finds what is written."""
# ruff: noqa: RUF001 # full-width forms and their look-alikes are what is tested

import pytest

from relations.text import fold, haystack, needles, text_width


def found(query, *texts):
    """Look a query up as the filter does: each of its needles must occur."""
    return all(needle in haystack(*texts) for needle in needles(query))


# Folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Torino", "torino"),
        ("TORINO", "torino"),
        ("Ｔｏｒｉｎｏ", "torino"),
        ("Forlì", "forli"),
        ("Forli\N{COMBINING GRAVE ACCENT}", "forli"),
        ("Città", "citta"),
        ("perché", "perche"),
        ("Kōya-chō", "koya cho"),
        ("Itō", "ito"),
        ("Ōtsu", "otsu"),
        ("Straße", "strasse"),
        ("Emilia-Romagna", "emilia romagna"),
        ("Emilia‐Romagna", "emilia romagna"),
        ("Emilia–Romagna", "emilia romagna"),
        ("Trentino-Alto Adige/Südtirol", "trentino alto adige sudtirol"),
        ("Valle  d’Aosta", "valle daosta"),
        ("(IURC)", "iurc"),
        ("2005-05-27", "2005 05 27"),
        ("", ""),
        (" · – ", ""),
    ],
    ids=repr,
)
def test_latin_text_folds_to_bare_letters(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "apostrophe",
    ["'", "’", "‘", "ʼ", "`", "´", "\N{FULLWIDTH APOSTROPHE}"],
    ids=lambda mark: f"U+{ord(mark):04X}",
)
def test_an_apostrophe_of_any_form_vanishes(apostrophe):
    assert fold(f"L{apostrophe}Aquila") == "laquila"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("トリノ", "とりの"),
        ("とりの", "とりの"),
        ("ﾄﾘﾉ", "とりの"),
        ("グンマ", "ぐんま"),
        ("ｸﾞﾝﾏ", "ぐんま"),
        ("ク\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}ンマ", "ぐんま"),
        ("ヴェネツィア", "ゔぇねつぃあ"),
        ("パルマ", "ぱるま"),
        ("ﾊﾟﾙﾏ", "ぱるま"),
        ("ローマ", "ろま"),
        ("ﾛｰﾏ", "ろま"),
        ("らーめん", "らめん"),
        ("エミリア＝ロマーニャ", "えみりあ ろまにゃ"),
        ("エミリア・ロマーニャ", "えみりあ ろまにゃ"),
        ("ｴﾐﾘｱ･ﾛﾏｰﾆｬ", "えみりあ ろまにゃ"),
        ("エミリア゠ロマーニャ", "えみりあ ろまにゃ"),
        ("高野町", "高野町"),
        ("「姉妹都市」、", "姉妹都市"),
        ("佐々木", "佐々木"),
        ("日本\u3000イタリア", "日本 いたりあ"),
        ("ー", ""),
        ("・", ""),
    ],
    ids=repr,
)
def test_japanese_text_folds_to_hiragana_and_kanji(text, folded):
    assert fold(text) == folded


def test_voicing_marks_tell_words_apart():
    assert [fold(kana) for kana in "ハバパかが"] == ["は", "ば", "ぱ", "か", "が"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("国際IURC会議", "国際 iurc会議"),
        ("トリノFIAT", "とりの fiat"),
        ("オーIC", "お ic"),
        ("第40回", "第 40回"),
        ("40周年", "40周年"),
    ],
)
def test_a_latin_word_is_parted_from_the_japanese_before_it(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "text", ["Kōya-chō", "L’Aquila", "エミリア＝ロマーニャ", "国際IURC会議", "Straße", "ｸﾞﾝﾏ"]
)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


# Haystacks


def test_a_haystack_has_a_space_before_each_word_of_each_text():
    assert haystack("Kōya-chō", "", "高野町", "·") == " koya cho 高野町"


def test_a_haystack_of_nothing_is_empty():
    assert [haystack(), haystack(""), haystack("", " – ")] == ["", "", ""]


def test_a_haystack_holds_what_follows_an_apostrophe_as_well():
    assert haystack("dall’Ambasciata") == " dallambasciata dall ambasciata"


def test_a_haystack_keeps_its_texts_in_order():
    assert haystack("Torino", "トリノ", "Turin") == " torino とりの turin"


# Needles


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ito", [" ito"]),
        ("Emilia-Romagna", [" emilia", " romagna"]),
        ("  Torino   nagoya ", [" torino", " nagoya"]),
        ("高野", ["高野"]),
        ("ぐんま県", ["ぐんま県"]),
        ("トリノ nagoya", ["とりの", " nagoya"]),
        ("2005年", ["2005年"]),
        ("", []),
        (" ・ ", []),
    ],
    ids=repr,
)
def test_latin_needles_begin_a_word_and_japanese_ones_do_not(query, expected):
    assert needles(query) == expected


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("forli", ["Forlì"]),
        ("FORLI'", ["Forlì"]),
        ("forlì", ["Forli"]),
        ("ito", ["Itō"]),
        ("koya", ["Kōya-chō"]),
        ("cho", ["Kōya-chō"]),
        ("kōya", ["Koya"]),
        ("ぐんま", ["群馬県", "グンマ"]),
        ("ｸﾞﾝﾏ", ["ぐんま"]),
        ("野", ["高野町"]),
        ("ロマニャ", ["エミリア＝ロマーニャ州"]),
        ("エミリア・ロマーニャ", ["エミリア＝ロマーニャ州"]),
        ("emilia romagna", ["Emilia-Romagna"]),
        ("romagna emilia", ["Emilia-Romagna"]),
        ("laquila", ["L’Aquila"]),
        ("l'aquila", ["L’Aquila"]),
        ("l aquila", ["L’Aquila"]),
        ("aquila", ["L’Aquila"]),
        ("ambasciata", ["promosso dall’Ambasciata d’Italia"]),
        ("altra", ["un patto d’un’altra città"]),
        ("shinichi", ["Shin’ichi"]),
        ("iurc", ["国際IURC会議"]),
        ("第40回", ["第40回記念"]),
        ("torino 名古屋", ["Torino", "名古屋市"]),
        ("", ["Torino"]),
    ],
    ids=repr,
)
def test_a_query_finds(query, texts):
    assert found(query, *texts) is True


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("ito", ["Monticello", "Vito"]),
        ("ito", ["Monticelli-to"]),
        ("quila", ["L’Aquila"]),
        ("か", ["が"]),
        ("くんま", ["ぐんま"]),
        ("torino kyoto", ["Torino", "Nagoya"]),
        ("市野", ["高野町", "泉佐野市"]),
    ],
    ids=repr,
)
def test_a_query_does_not_find(query, texts):
    assert found(query, *texts) is False


# Width


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("東京", 20),
        ("o", 5.8),
        ("O", 6.8),
        ("il", 6.8),
        ("mm", 18),
        ("Forlì", 25.2),
    ],
)
def test_the_width_of_a_text_is_that_of_its_letters(text, width):
    assert text_width(text, 10) == pytest.approx(width)
