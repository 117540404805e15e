"""Django's engine for PostgreSQL, made to notice at once that a server is gone, and that it is back."""
