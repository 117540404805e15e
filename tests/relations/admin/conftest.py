"""Who works at the desk."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client


@pytest.fixture
def _groups():
    """A browser test before this one may have emptied all tables: make the groups as the migration does."""
    editor = connection.schema_editor()
    import_module("relations.migrations.0006_editors_and_publishers").make_groups(apps, editor)
    import_module("relations.migrations.0007_editors_delete_drafts").allow(apps, editor)


@pytest.fixture
def signed_in(_groups):
    """A client for each role."""

    def as_(role):
        client = Client(headers={"accept-language": "en"})
        if role == "anonymous":
            return client
        user = User.objects.create_user(role, is_staff=True, is_superuser=role == "superuser")
        if role in ("editor", "publisher"):
            user.groups.add(Group.objects.get(name=f"{role.title()}s"))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_
