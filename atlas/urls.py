"""The site's table of contents."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from atlas.views import robots

desk: list[URLPattern | URLResolver] = [path("admin/", admin.site.urls)] if settings.DESK else []
if settings.DESK and settings.TWO_FACTOR != "off":
    from relations.admin.two_factor import two_factor

    desk.insert(0, path("admin/two-factor/", admin.site.admin_view(two_factor), name="two_factor"))

urlpatterns = [
    *desk,
    path("robots.txt", robots, name="robots"),
    *i18n_patterns(path("", include("relations.urls"))),
]
