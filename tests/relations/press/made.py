"""Files as editors get them, made for the tests."""

import zipfile
from io import BytesIO

from pypdf import PdfWriter

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, *, head: str = "", **others: bytes) -> bytes:
    """A Word document whose body is this XML, with other parts beside it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        document = f'{head}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name, content)
    return file.getvalue()


def paragraphs(*texts: str) -> str:
    """The XML of paragraphs."""
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def pdf(text: str = "", pages: int = 1) -> bytes:
    """A PDF of pages, each with the same line; without a text they are as empty as pictures."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else "0 0 200 200 re f"
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>>>"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        *[page] * pages,
    ]
    file, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(file))
        file += f"{number} 0 obj{body}endobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    file += f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{file.index('xref') if 'xref' in file else len(file)}\n%%EOF\n"
    return file.encode("cp1252")


def locked_pdf(text: str) -> bytes:
    """The same, with a password."""
    writer = PdfWriter(clone_from=BytesIO(pdf(text)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
