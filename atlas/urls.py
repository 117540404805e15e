"""The site's table of contents."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from atlas.views import robots

urlpatterns = [
    *([path("admin/", admin.site.urls)] if settings.DESK else []),
    path("robots.txt", robots, name="robots"),
    *i18n_patterns(path("", include("relations.urls"))),
]
