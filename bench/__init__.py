"""Repeatable measurements, never timed tests. To import it sets Django up."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlas.settings")
django.setup()
