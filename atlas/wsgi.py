"""The site as a WSGI application, for Gunicorn."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlas.settings")

application = get_wsgi_application()

# Views and all that they need are read now, not when the first visitor asks: workers that are forked
# after this share it.
import_module(settings.ROOT_URLCONF)
