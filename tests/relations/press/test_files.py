"""A release comes as a file or a text: what is read of it, and the sentence where nothing can be."""

import codecs

import pytest

from relations.press import parsing
from relations.press.errors import Fault, UnreadableError
from relations.press.files import MOST_FILE, MOST_TEXT, read_file, read_text
from tests.relations.press.made import docx, locked_pdf, paragraphs, pdf

ITALIAN = "L’amicizia tra le due città è più forte: così l’ha voluta il sindaco."
JAPANESE = "両市は令和7年9月23日に友好都市の覚書を締結しました。"


def refusal(content: bytes, name: str = "release.txt") -> tuple[Fault, str]:
    with pytest.raises(UnreadableError) as caught:
        read_file(content, name)
    return caught.value.fault, str(caught.value)


# Texts


@pytest.mark.parametrize("text", [ITALIAN, JAPANESE, f"{ITALIAN}\n{JAPANESE}"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_mark_or_without(text: str, encoding: str) -> None:
    assert read_file(text.encode(encoding), "a.txt").text == text


def test_utf_16_of_the_other_order_is_read_too() -> None:
    content = codecs.BOM_UTF16_BE + ITALIAN.encode("utf-16-be")

    assert read_file(content, "a.txt").text == ITALIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ITALIAN, "cp1252"),
        ("La città è qui.", "cp1252"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        ("姉妹都市", "euc_jp"),
        ("髙橋市長（①）", "cp932"),
    ],
)
def test_older_encodings_are_told_by_what_they_say(text: str, encoding: str) -> None:
    assert read_file(text.encode(encoding), "a.txt").text == text


def test_two_encodings_in_one_file_are_refused() -> None:
    fault, sentence = refusal("La città".encode() + " perché è così".encode("cp1252"))

    assert fault == Fault.MIXED_ENCODINGS
    assert sentence == (
        "The file mixes two encodings, UTF-8 and an older one: open it in an editor, put its "
        "letters right and save it as UTF-8."
    )


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\xef\xbb\xbf\xff\xff", b"\x81\x8d\x8f\x90\x9d\x81 abc \xff\xff"]
)
def test_letters_that_cannot_be_told_are_refused(content: bytes) -> None:
    assert refusal(content)[0] == Fault.ENCODING


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", codecs.BOM_UTF8, b"<html><p></p></html>"])
def test_nothing_is_refused(content: bytes) -> None:
    assert refusal(content)[0] == Fault.EMPTY


@pytest.mark.parametrize(
    "content", [b"\x7fELF\0\1\2", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\1\2\3\4\5\6 abc"]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refusal(content)[0] == Fault.NO_TEXT


@pytest.mark.parametrize(
    ("content", "word"), [(b"\xd0\xcf\x11\xe0\xa1", ".doc"), (b"{\\rtf1 abc}", "RTF")]
)
def test_other_documents_are_named(content: bytes, word: str) -> None:
    fault, sentence = refusal(content)

    assert (fault, word in sentence) == (Fault.OTHER_FORMAT, True)


def test_a_text_of_two_megabytes_is_refused() -> None:
    assert refusal(b"a" * (2 * MOST_TEXT)) == (
        Fault.TOO_LARGE,
        "This has more than 1 MB: choose the release alone, or paste its text.",
    )
    assert refusal(b"%PDF-" + bytes(MOST_FILE))[0] == Fault.TOO_LARGE
    assert read_file(b"a" * MOST_TEXT, "a.txt").text == "a" * MOST_TEXT


# What is pasted


def test_line_ends_of_every_system_become_one() -> None:
    assert read_text("a\r\nb\rc\n").text == "a\nb\nc\n"


def test_characters_that_turn_the_writing_are_removed_and_remarked_upon() -> None:
    release = read_text("firmato il \u202e5202\u202c 23 \u2066settembre\u2069")

    assert release.text == "firmato il 5202 23 settembre"
    assert release.remarks == (
        "4 characters were removed that turn the direction of writing: what is read is what you see here.",
    )


def test_other_characters_that_are_no_text_are_removed_and_remarked_upon() -> None:
    release = read_text("La Spezia\x0c e Izumisano")

    assert release.text == "La Spezia e Izumisano"
    assert release.remarks == ("1 character was removed that is no text.",)


def test_lost_letters_stay_and_are_remarked_upon() -> None:
    release = read_text("la citt\ufffd")

    assert release.text == "la citt\ufffd"
    assert release.remarks == (
        "1 letter was lost before the text came here (�): compare it with the release.",
    )


# Pages

PAGE = """<!doctype html><html><head><title>Il Comune</title><style>p {}</style></head><body>
<script>document.write("gemellaggio con Parigi")</script>
<h1>Citt&agrave; amiche</h1><p>Il <b>sinda</b>co  ha
firmato<br>ieri</p><p hidden>nascosto</p><p style="color: red; display: none">nascosto</p>
<div aria-hidden="true">nascosto</div><template>nascosto</template><!-- nascosto -->coda
<img src=x onerror="alert(1)"></body></html>"""


def test_of_a_page_what_a_reader_sees_is_read() -> None:
    expected = "Città amiche\nIl sindaco ha\nfirmato\nieri\ncoda"

    assert read_file(PAGE.encode(), "a.html").text == expected
    assert read_file(PAGE.encode(), "without_a_name").text == expected


def test_a_page_in_the_encoding_that_it_declares() -> None:
    page = f'<html><meta charset="Shift_JIS"><p>{JAPANESE}'

    assert read_file(page.encode("shift_jis"), "a.html").text == JAPANESE


def test_of_a_page_with_one_main_part_that_is_read() -> None:
    page = "<html><nav>Home</nav><main><p>Il testo</p></main><footer>2025</footer></html>"

    assert read_file(page.encode(), "a.html").text == "Il testo"


def test_a_page_that_would_take_minutes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "SECONDS", 1)

    fault, sentence = refusal(b"<html>" + b"<div>" * 200_000, "a.html")

    assert fault == Fault.TOO_SLOW
    assert sentence == "The file takes too long to read: paste the text of the release."


# Word


def test_the_paragraphs_of_a_document_are_read() -> None:
    body = (
        paragraphs("Città &amp; amici", "泉佐野市")
        + "<w:p><w:r><w:t>uno</w:t><w:tab/><w:t>due</w:t><w:br/><w:t>tre</w:t></w:r>"
        + "<w:del><w:r><w:delText>tolto</w:delText></w:r></w:del>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>nascosto</w:t></w:r><w:r><w:t>!</w:t></w:r></w:p>"
    )

    assert read_file(docx(body), "a.docx").text == "Città & amici\n泉佐野市\nuno due\ntre!"


def test_a_document_is_told_by_its_content() -> None:
    assert read_file(docx(paragraphs("testo")), "a.txt").text == "testo"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY x "&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_that_defines_entities_is_refused(declaration: str) -> None:
    assert refusal(docx(paragraphs("&x;"), head=declaration))[0] == Fault.DAMAGED


def test_a_document_that_unpacks_without_end_is_refused() -> None:
    bomb = docx(paragraphs("a" * 30 * 1024 * 1024))

    assert len(bomb) < 100_000
    assert refusal(bomb) == (
        Fault.UNPACKS_TOO_LARGE,
        "The document is far too large once it is unpacked: paste the text of the release.",
    )


def test_a_damaged_document_and_another_archive_are_refused() -> None:
    assert refusal(docx(paragraphs("testo"))[:-40])[0] == Fault.DAMAGED
    assert refusal(docx("<w:p>"))[0] == Fault.DAMAGED
    other = docx("").replace(b"word/document.xml", b"word/picture0.xml")
    assert refusal(other)[0] == Fault.OTHER_FORMAT


# PDF


def test_the_text_of_a_pdf_is_read() -> None:
    assert read_file(pdf("La città di Izumisano"), "a.pdf").text.strip() == "La città di Izumisano"


@pytest.mark.parametrize(
    ("content", "fault", "begins"),
    [
        (pdf(), Fault.PICTURES, "The PDF holds pictures of pages and no text"),
        (locked_pdf("testo"), Fault.ENCRYPTED, "The PDF is protected by a password"),
        (b"%PDF-1.7\nnonsense", Fault.DAMAGED, "The file is damaged"),
        (pdf("x", pages=201), Fault.TOO_LARGE, "The PDF has more than 200 pages"),
    ],
)
def test_what_cannot_be_read_of_a_pdf_is_said(content: bytes, fault: Fault, begins: str) -> None:
    found, sentence = refusal(content, "a.pdf")

    assert (found, sentence.partition(":")[0].partition(",")[0]) == (fault, begins)


def test_a_parser_gets_little_memory(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    small = parsing._PROGRAM.read_text().replace("MEMORY = 768", "MEMORY = 12")  # noqa: SLF001
    program = tmp_path / "program.py"  # type: ignore[operator]
    program.write_text(small)
    monkeypatch.setattr(parsing, "_PROGRAM", program)

    assert refusal(pdf("testo"), "a.pdf")[0] == Fault.DAMAGED


def test_a_page_in_utf_8_is_read_so_whatever_it_declares() -> None:
    page = f'<html><meta charset="windows-1252"><p>{ITALIAN}'

    assert read_file(page.encode(), "a.html").text == ITALIAN
