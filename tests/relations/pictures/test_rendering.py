"""No picture is drawn twice, and one that cannot be kept is drawn all the same."""

import pytest
import resvg_py
from django.core.cache import caches

from relations.pictures import key_of, png_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="4" height="4"/></svg>'


def test_what_was_drawn_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    caches["pictures"].clear()
    first = png_of(SVG)
    monkeypatch.setattr(resvg_py, "svg_to_bytes", None)

    assert png_of(SVG) == first
    assert caches["pictures"].get(key_of(SVG)) == first


def test_another_drawing_is_another_picture() -> None:
    assert png_of(SVG) != png_of(SVG.replace('width="4"', 'width="2"'))


def test_a_full_disk_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(caches["pictures"], "set", refuse)

    assert png_of(SVG.replace("8", "9"))[:4] == b"\x89PNG"
    assert "could not be kept" in caplog.text
