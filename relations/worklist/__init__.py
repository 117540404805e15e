"""What there is to do on the editor's desk: which records, for whom, and what is missing in each."""

from relations.worklist.rows import Point, Row, rows_of
from relations.worklist.tasks import KINDS, Matter, Task, Worklist

__all__ = ("KINDS", "Matter", "Point", "Row", "Task", "Worklist", "rows_of")
