"""The settings of the site in public, with static files as they lie in the tree: a test collects none."""

from atlas.settings import *  # noqa: F403
from atlas.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
