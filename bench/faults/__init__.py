"""Faults brought about while the site serves readers, with what the readers notice.

Files: `site` has the parts of the site and `report` the table; `database`, `cache`, `disk`,
`workers`, `upkeep`, `load` and `slow` bring about one kind of fault each.
"""
