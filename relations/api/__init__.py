"""The public API: what the pages show, for programs (django-ninja, OpenAPI 3.1)."""
