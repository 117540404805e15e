"""Who works at the desk."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def signed_in(groups):
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
