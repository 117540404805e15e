"""How bodies are compressed, and for whom (RFC 9110, Accept-Encoding).

Zstandard (RFC 8878) for who takes it: at the same size it is several times faster than gzip, and
a page that nobody has asked for before is compressed while the reader waits.
"""

import gzip
import re
from functools import lru_cache
from typing import NamedTuple

import zstandard

ZSTD, GZIP, IDENTITY = "zstd", "gzip", ""

# Shorter bodies do not get shorter.
_LEAST = 200
_GZIP_LEVEL, _ZSTD_LEVEL = 5, 3
_COMPRESSIBLE = re.compile(r"text/|application/(?!vnd\.|zip|octet-stream|pdf)|image/svg")
_REFUSED = re.compile(r"^0(\.0{0,3})?$")


class Encoded(NamedTuple):
    """A body, and how it is encoded."""

    body: bytes
    encoding: str


@lru_cache(maxsize=256)
def negotiate(accepted: str) -> str:
    """The best encoding that an Accept-Encoding header takes; IDENTITY where it takes none of ours."""
    if not accepted:
        return IDENTITY
    taken = {}
    for item in accepted.lower().split(","):
        name, _semicolon, parameter = item.partition(";")
        quality = parameter.strip().removeprefix("q=")
        taken[name.strip()] = not _REFUSED.match(quality)
    anything = taken.get("*", False)
    for encoding in (ZSTD, GZIP):
        if taken.get(encoding, anything):
            return encoding
    return IDENTITY


def encode(body: bytes, content_type: str, encoding: str) -> Encoded:
    """Compress a body, where that is worth it."""
    if encoding == IDENTITY or len(body) < _LEAST or not _COMPRESSIBLE.match(content_type):
        return Encoded(body, IDENTITY)
    if encoding == ZSTD:
        return Encoded(zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body), ZSTD)
    # Without the moment, so that the same page is the same bytes.
    return Encoded(gzip.compress(body, _GZIP_LEVEL, mtime=0), GZIP)


def decode(encoded: Encoded) -> bytes:
    """The body as it was."""
    if encoded.encoding == ZSTD:
        return zstandard.ZstdDecompressor().decompress(encoded.body)
    return gzip.decompress(encoded.body) if encoded.encoding == GZIP else encoded.body
