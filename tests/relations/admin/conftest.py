"""Who works at the desk."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

# What a viewer may see: agreements and their parts.
_SEEN = ("view_agreement", "view_party", "view_signatory", "view_citation")


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
        if role == "viewer":
            user.user_permissions.set(Permission.objects.filter(codename__in=_SEEN))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_
