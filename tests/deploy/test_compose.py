"""The containers: each is as weak as it can be, checked and pinned."""

import re

import pytest
import yaml

from tests.conftest import BASE_DIR

DEPLOY = BASE_DIR / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
# Ends by itself, so that nobody can ask whether it is well.
ONCE = {"prepare"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_right_that_it_does_not_need(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "pid", "ipc", "network_mode", "devices"} & set(service)


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_has_a_version(name):
    tag = SERVICES[name]["image"].partition(":")[2]

    assert re.match(r"\d", tag)


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONCE))
def test_a_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_the_database_and_redis_are_reached_from_inside_alone():
    assert COMPOSE["networks"]["inner"]["internal"] is True
    assert SERVICES["database"]["networks"] == SERVICES["redis"]["networks"] == ["inner"]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]


@pytest.mark.parametrize("kind", ["volumes", "secrets", "configs", "networks"])
def test_what_a_service_names_is_declared_and_used(kind):
    named = set()
    for service in SERVICES.values():
        for item in service.get(kind, []):
            name = item["source"] if isinstance(item, dict) else item.partition(":")[0]
            if not name.startswith("."):
                named.add(name)

    assert named == set(COMPOSE[kind])


def test_a_service_waits_for_those_that_there_are():
    waited_for = {name for service in SERVICES.values() for name in service.get("depends_on", {})}

    assert waited_for == set(SERVICES) - {"nginx"}


def test_what_is_mounted_from_here_is_here():
    paths = [
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    ]

    assert len(paths) == 2
    assert all((DEPLOY / path).exists() for path in paths)


def test_no_secret_is_in_the_environment():
    for service in SERVICES.values():
        for name in service.get("environment", {}):
            assert not re.search(r"(PASSWORD|SECRET_KEY|DATABASE_URL)$", name)


def test_the_container_is_asked_for_its_health_as_its_image_is():
    (words,) = re.findall(
        r"HEALTHCHECK .*\\\n  CMD (\[.*\])", (DEPLOY / "Dockerfile").read_text("utf-8")
    )

    assert yaml.safe_load(words) == SERVICES["web1"]["healthcheck"]["test"][1:]
