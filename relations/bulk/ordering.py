"""In which order the rows of a file are taken."""

from relations.bulk.files import Sheet
from relations.tables import Table
from relations.tables.forms import One, YesNo

Row = tuple[int, dict[str, str]]


def in_order(sheet: Sheet, table: Table) -> list[Row]:
    """The rows, each after those of the file that it refers to: an agreement after the one that it renews.

    Of citations those first that are not preferred, so that a preference can pass from one
    row to another.
    """
    if table.kind == "citations":
        return sorted(sheet.rows, key=lambda row: YesNo.says_yes(row[1].get("preferred", "")))
    references = [c.name for c in table.columns if _is_to_itself(c.form, table)]
    if not any(name in sheet.columns for name in references):
        return sheet.rows
    return _after_their_targets(sheet.rows, table.key[0], references)


def _is_to_itself(form: object, table: Table) -> bool:
    return isinstance(form, One) and form.model == table.model._meta.model_name  # noqa: SLF001 # public in all but name


def _after_their_targets(rows: list[Row], key: str, references: list[str]) -> list[Row]:
    by_key = {row[1].get(key, "").strip(): row for row in rows}
    placed: dict[int, Row] = {}
    for start in rows:
        chain, seen = [start], set()
        while chain:
            row = chain[-1]
            seen.add(row[0])
            targets = (by_key.get(row[1].get(name, "").strip()) for name in references)
            ahead = [t for t in targets if t and t[0] not in placed and t[0] not in seen]
            if ahead:
                chain.append(ahead[0])
            else:
                placed.setdefault(row[0], row)
                chain.pop()
    return list(placed.values())
