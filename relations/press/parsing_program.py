"""A program of its own: `html` or `pdf` on standard input → {"text": …} or {"fault": …} on standard output.

`relations.press.parsing` runs it, with little memory and little time, since either format can be
made to take much of both. Nothing else of ours is loaded here, and nothing in a file is executed.
"""

import json
import re
import resource
import sys
from io import BytesIO

MEMORY = 768 * 1024 * 1024
MOST_PAGES = 200

_UNSEEN = (
    "head, script, style, template, noscript, iframe, object, svg, math, select, textarea, button, "
    "[hidden], [aria-hidden=true], [style*='display:none' i], [style*='display: none' i], "
    "[style*='visibility:hidden' i], [style*='visibility: hidden' i]"
)
_BLOCKS = (
    "address, article, aside, blockquote, br, dd, div, dl, dt, figcaption, figure, footer, form, h1, h2, "
    "h3, h4, h5, h6, header, hr, li, main, nav, ol, p, pre, section, table, tr, ul"
)
_SPACES = re.compile(r"[^\S\n\u3000]+")

Answer = dict[str, str]


def read_html(content: bytes) -> Answer:
    """What a reader sees of a page (in UTF-8), a line for each block; of its `main` alone where it has one."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 # the program loads one parser

    tree = LexborHTMLParser(content.decode())
    for node in tree.css(_UNSEEN):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    mains = tree.css("main")
    root = mains[0] if len(mains) == 1 else tree.body
    text = _SPACES.sub(" ", root.text() if root else "")
    return {"text": "\n".join(line.strip() for line in text.splitlines() if line.strip())}


def read_pdf(content: bytes) -> Answer:
    """The text of all pages, or the code of a `Fault`."""
    from pypdf import PdfReader  # noqa: PLC0415 # likewise
    from pypdf.errors import PyPdfError  # noqa: PLC0415 # likewise

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            return {"fault": "encrypted"}
        if len(reader.pages) > MOST_PAGES:
            return {"fault": "too_large"}
        text = "\n".join(page.extract_text() for page in reader.pages)
    except PyPdfError:
        return {"fault": "damaged"}
    return {"text": text} if text.strip() else {"fault": "pictures"}


if __name__ == "__main__":
    form, seconds = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    read = {"html": read_html, "pdf": read_pdf}[form]
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
