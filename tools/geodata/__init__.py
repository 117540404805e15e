"""Draw the base maps from installed packages: sources → shapes → paths → files.

None of this is part of the running site; `make geodata` runs it and its output is committed.
"""
