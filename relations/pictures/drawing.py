"""A picture as SVG: what it says, over the map."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from relations import maps, ties
from relations.enums import Country, Language, Status
from relations.models import Agreement, Partnership, Place
from relations.pictures import fonts
from relations.pictures.colours import light_colours
from relations.pictures.maps import PICTURE, picture_map
from relations.pictures.words import Run, Words, joined, named, script
from relations.queries import Numbers


def of_partnership(partnership: Partnership, acts: Sequence[Agreement]) -> str:
    """The picture of a partnership, read with its places and its status, as are its acts."""
    pair = (partnership.italian_place, partnership.japanese_place)
    with _writable(pair):
        title = joined([*named(pair[0]), Run(" – ", script()), *named(pair[1])])
        tie = ties.in_words(partnership, acts)
        line = tie[:1].upper() + tie[1:]
        status = Status(partnership.status)  # type: ignore[attr-defined] # annotated
        if status == Status.IN_FORCE:
            line = f"{line} · {ties.lower(str(status.label))}"
        return _svg(Words(_kicker(), title, line), [partnership])


def of_place(place: Place, partnerships: Sequence[Partnership], count: int) -> str:
    """The picture of a place: so many partnerships of its own and within it, of which some are drawn."""
    with _writable([place]):
        where = place.get_kind_display() if place.is_territory else place.territory.name
        line = f"{where} · {_counted(place, count)}"
        return _svg(Words(_kicker(), named(place), line), partnerships, place)


def of_atlas(
    partnerships: Sequence[Partnership], numbers: Numbers, bundles: Sequence[maps.Bundle] = ()
) -> str:
    """The picture of the atlas as a whole: every partnership, or bundles where they are many."""
    with _writable([]):
        counts = (
            ngettext("%(count)d partnership", "%(count)d partnerships", numbers.partnerships)
            % {"count": numbers.partnerships},
            ngettext("%(count)d agreement", "%(count)d agreements", numbers.agreements)
            % {"count": numbers.agreements},
            ngettext("%(count)d event", "%(count)d events", numbers.events)
            % {"count": numbers.events},
            ngettext("%(count)d source", "%(count)d sources", numbers.sources)
            % {"count": numbers.sources},
        )
        words = Words(_other_names(), _kicker(), " · ".join(counts))
        return _svg(words, partnerships, bundles=bundles)


def _counted(place: Place, count: int) -> str:
    if place.country == Country.ITALY:
        said = ngettext(
            "%(count)d partnership with Japan", "%(count)d partnerships with Japan", count
        )
    else:
        said = ngettext(
            "%(count)d partnership with Italy", "%(count)d partnerships with Italy", count
        )
    return said % {"count": count}


def _writable(places: Sequence[Place]) -> override:
    """The active language, or English where the fonts lack letters of the Japanese names."""
    language = get_language() or Language.ENGLISH
    needed = "".join(["日伊", *(place.name_ja for place in places)])
    if language == Language.JAPANESE and not fonts.can_write(needed, "japanese"):
        language = Language.ENGLISH
    return override(language)


def _kicker() -> list[Run]:
    return [Run(_("Italy–Japan Twinning Atlas"), script())]


def _other_names() -> list[Run]:
    """What the atlas is called in the other languages."""
    names = []
    for language in Language.values:
        if language != get_language():
            with override(language):
                names += _kicker()
    return [name for name in names if fonts.can_write(name.text, name.script)]


def _svg(
    words: Words,
    partnerships: Sequence[Partnership],
    place: Place | None = None,
    bundles: Sequence[maps.Bundle] = (),
) -> str:
    drawing = maps.draw(PICTURE, partnerships, bundles, place=place)
    context = {
        "words": words.fitting,
        "script": script(),
        "colour": light_colours(),
        **picture_map(drawing, place),
    }
    return render_to_string("pictures/share.svg", context)
