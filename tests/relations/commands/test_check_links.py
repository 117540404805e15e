"""The command asks, says what it found, and one address that fails stops nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from relations.models import LinkCheck
from tests.factories import make_source
from tests.relations.test_links import serving

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """What the command prints."""
    out = StringIO()
    call_command("check_links", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_says_what_is_not_there_and_how_much_there_is():
    with serving({"/a": (200, "")}) as one, serving({"/b": (404, "")}) as other:
        make_source(url=f"{one.url}/a")
        make_source(url=f"{other.url}/b", archived_url="http://[")
        said = run("--allow-private")

    assert sorted(said) == sorted(
        [
            "No answer: http://[",
            f"Gone (404): {other.url}/b",
            "Addresses checked: 3 (1 There, 1 Gone, 1 No answer).",
            "In the worklist: 1.",
        ]
    )
    assert dict(LinkCheck.objects.values_list("result", "day")) == dict.fromkeys(
        ("fine", "gone", "no_answer"), timezone.localdate()
    )


def test_it_names_the_new_address_of_what_has_moved():
    with serving({"/a": (301, "/b"), "/b": (200, "")}) as server:
        make_source(url=f"{server.url}/a")
        said = run("--allow-private")

    assert said[0] == f"Moved for good (200) to {server.url}/b: {server.url}/a"


def test_without_leave_it_asks_nobody_on_this_machine():
    with serving({"/a": (200, "")}) as server:
        make_source(url=f"{server.url}/a")
        said = run()

    assert said[0] == f"No public address: {server.url}/a"
    assert server.asked == []


def test_it_asks_so_many_at_most_and_only_what_is_due():
    with serving({"/a": (200, "")}) as one, serving({"/a": (200, "")}) as other:
        for server in (one, other):
            make_source(url=f"{server.url}/a")
        said = [
            run("--allow-private", "--older-than", "1", "--limit", "1")[0],
            run("--allow-private", "--older-than", "1")[0],
            run("--allow-private", "--older-than", "1")[0],
        ]

    assert said == [
        "Addresses checked: 1 (1 There).",
        "Addresses checked: 1 (1 There).",
        "Addresses checked: 0.",
    ]


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--limit", "-1", "-1 is no whole number"),
        ("--older-than", "soon", "soon is no whole number"),
        ("--timeout", "0", "0 is no number of seconds between 0 and 600"),
        ("--timeout", "nan", "nan is no number of seconds between 0 and 600"),
    ],
)
def test_a_wrong_option_is_refused(option, value, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(f"{option}={value}")
