"""What readers accept is what they are sent."""

import gzip

import pytest
import zstandard

from atlas.page_cache.encodings import GZIP, IDENTITY, ZSTD, decode, encode, negotiate

TEXT = "Torino–Nagoya, 名古屋市。".encode() * 100


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", IDENTITY),
        ("gzip, deflate, br, zstd", ZSTD),
        ("gzip, deflate, br", GZIP),
        ("GZIP", GZIP),
        ("zstd;q=0, gzip;q=0.5", GZIP),
        ("zstd;q=0.000,gzip;q=0", IDENTITY),
        ("*", ZSTD),
        ("*;q=0", IDENTITY),
        ("br", IDENTITY),
        ("identity", IDENTITY),
        ("zstd;q=none,,;;", ZSTD),
    ],
)
def test_the_best_encoding_that_is_accepted_is_taken(accepted: str, encoding: str) -> None:
    assert negotiate(accepted) == encoding


def test_a_text_is_compressed_as_others_read_it() -> None:
    zstd, gzipped = (encode(TEXT, "text/html; charset=utf-8", e) for e in (ZSTD, GZIP))

    assert zstandard.ZstdDecompressor().decompress(zstd.body) == TEXT == decode(zstd)
    assert gzip.decompress(gzipped.body) == TEXT == decode(gzipped)
    assert max(len(zstd.body), len(gzipped.body)) < len(TEXT) / 10


def test_the_same_text_is_the_same_bytes() -> None:
    assert encode(TEXT, "text/csv", GZIP) == encode(TEXT, "text/csv", GZIP)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (TEXT, "image/png"),
        (TEXT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"short", "text/plain"),
    ],
)
def test_what_would_not_get_shorter_stays_as_it_is(body: bytes, kind: str) -> None:
    assert encode(body, kind, ZSTD) == (body, IDENTITY)
