"""What is weak in the data: the rules, and the public report by them."""

from relations.quality.report import Quality, quality
from relations.quality.rows import Matter, TextName

__all__ = ("Matter", "Quality", "TextName", "quality")
