"""Finished answers of the public site, kept until the data change.

An answer depends on its address, the language and the encoding that the reader takes, and on
the state of the site: the version of the dataset, the day, the releases, the code. So one row of
the database tells whether a reader or this site still has the right one.

Files: `middleware` has the way of a request; `address` and `state` name what an answer depends on;
`encodings` compresses; `store` keeps; `answers` makes of what is kept a response, also while the
database is away.
"""

from atlas.page_cache.middleware import PageCache

__all__ = ("PageCache",)
