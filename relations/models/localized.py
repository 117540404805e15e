"""Text in three languages: which version to show, and whether it is the right one."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relations.enums import Language
from relations.models.fields import DerivedTextField
from relations.text import haystack

# What to show where a text is missing in the language asked for.
_FALLBACKS = {
    Language.ITALIAN: (Language.ITALIAN, Language.ENGLISH, Language.JAPANESE),
    Language.JAPANESE: (Language.JAPANESE, Language.ENGLISH, Language.ITALIAN),
    Language.ENGLISH: (Language.ENGLISH, Language.ITALIAN, Language.JAPANESE),
}
# Names are asked for hundreds of times a page; to look a code up in an enumeration takes ten times as long.
_BY_CODE = {language.value: language for language in Language}


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text, the language it is in, and whether that is the language asked for."""

    text: str
    language: Language
    is_translated: bool = True

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def folded_texts(*names: str) -> DerivedTextField:
    """A column that holds several trilingual texts of its row folded for search."""
    columns = [f"{name}_{language}" for name in names for language in Language]
    return DerivedTextField(
        derive=lambda row: haystack(*(getattr(row, column) for column in columns))
    )


def active_language() -> Language:
    """The language in which the page is written; English where there is no page."""
    return _BY_CODE.get((get_language() or "")[:2], Language.ENGLISH)


def localized(record: object, name: str, language: str | None = None) -> LocalizedText:
    """Choose among `<name>_it`, `<name>_ja` and `<name>_en` of a record.

    The active language is taken unless one is given. Where it is empty the next best is
    taken and marked as not translated; where all are empty the text is empty.
    """
    wanted = Language(language) if language else active_language()
    for candidate in _FALLBACKS[wanted]:
        if text := getattr(record, f"{name}_{candidate}"):
            return LocalizedText(text, candidate, candidate == wanted)
    return LocalizedText("", wanted)


class Named(models.Model):
    """Mixin of what has a name in three languages."""

    name_it = models.CharField(_("Italian name"), max_length=200)
    name_ja = models.CharField(_("Japanese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> LocalizedText:
        """The name in the active language."""
        return localized(self, "name")


class Titled(models.Model):
    """Mixin of what has a slug, and a title in three languages, each of them possibly missing."""

    slug = models.SlugField(_("slug"), max_length=140, unique=True)

    title_it = models.CharField(_("Italian title"), max_length=300, blank=True)
    title_ja = models.CharField(_("Japanese title"), max_length=300, blank=True)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.title) or self.slug

    @property
    def title(self) -> LocalizedText:
        """The title in the active language."""
        return localized(self, "title")


class Summarized(models.Model):
    """Mixin of what has a summary in three languages, each of them possibly missing."""

    summary_it = models.TextField(_("Italian summary"), blank=True)
    summary_ja = models.TextField(_("Japanese summary"), blank=True)
    summary_en = models.TextField(_("English summary"), blank=True)

    class Meta:
        abstract = True

    @property
    def summary(self) -> LocalizedText:
        """The summary in the active language."""
        return localized(self, "summary")
