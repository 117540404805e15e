"""Django's engine for PostgreSQL, made to notice at once that a server is gone, and that it is back."""

# What a server says that ends a query for another's sake: two wait for each other, as a page and a
# migration may, or a replica has to apply what the primary cleaned up.
_GIVEN_UP = {"40001", "40P01"}


def is_given_up(error: BaseException) -> bool:
    """Whether the server has given up a query for another's sake; asked again, it is answered."""
    return getattr(error.__cause__, "sqlstate", "") in _GIVEN_UP
