"""The site's table of contents."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from atlas.views import favicon, robots, touch_icon
from relations import sitemaps
from relations.urls import files
from relations.views import oembed


def desk() -> list[URLPattern | URLResolver]:
    """The editor's desk: its own pages before those of Django's admin, whose models must be there."""
    from relations.admin import two_factor, worklist  # noqa: PLC0415 # where there is no admin it has no models

    second = path(
        "admin/two-factor/", admin.site.admin_view(two_factor.two_factor), name="two_factor"
    )
    return [
        *([] if settings.TWO_FACTOR == "off" else [second]),
        path("admin/", include(worklist.urls())),
        path("admin/", admin.site.urls),
    ]


urlpatterns = [
    *(desk() if settings.DESK else []),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", include("relations.api.urls")),
    path("", include("relations.identifiers")),
    path("", include((files, "files"))),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>.xml", sitemaps.section, name="sitemap_section"),
    path("favicon.ico", favicon, name="favicon"),
    path("apple-touch-icon.png", touch_icon, name="apple_touch_icon"),
    path("oembed", oembed, name="oembed"),
    *i18n_patterns(path("", include("relations.urls"))),
]

handler500 = "atlas.views.server_error"
