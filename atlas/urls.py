"""The site's table of contents."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLResolver, include, path

from atlas.views import robots


def desk() -> list[URLResolver]:
    """The editor's desk: its own pages before those of Django's admin."""
    from relations.admin import worklist  # noqa: PLC0415 # where there is no admin it has no models

    return [path("admin/", include(worklist.urls())), path("admin/", admin.site.urls)]


urlpatterns = [
    *(desk() if settings.DESK else []),
    path("robots.txt", robots, name="robots"),
    *i18n_patterns(path("", include("relations.urls"))),
]
