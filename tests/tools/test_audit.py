"""What the audit says of what pip-audit has reported."""

from tools import audit

SAFE = {"name": "segno", "version": "1.6.6", "vulns": []}
UNSAFE = {
    "name": "django",
    "version": "5.2.0",
    "vulns": [{"id": "PYSEC-2025-1", "fix_versions": ["5.1.9", "5.2.1"], "description": "…"}],
}
UNKNOWN = {"name": "none", "skip_reason": "Dependency not found on PyPI"}


def report(*packages: dict) -> dict:
    return {"dependencies": list(packages), "fixes": []}


def ended(monkeypatch, capsys, *reports: dict | None) -> tuple[int, str]:
    answers = iter(reports)
    monkeypatch.setattr(audit, "ask", lambda _service: next(answers))
    return audit.main(), capsys.readouterr().out.strip()


def test_a_package_that_is_unsafe_fails_and_is_named_with_what_mends_it(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, report(SAFE, UNSAFE)) == (
        1,
        "django 5.2.0: PYSEC-2025-1, mended in 5.1.9, 5.2.1",
    )


def test_a_package_that_alone_is_unknown_fails(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, report(SAFE, UNKNOWN)) == (
        1,
        "none was not audited: Dependency not found on PyPI",
    )


def test_all_safe(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, None, report(SAFE)) == (
        0,
        "None of the 1 packages is known to be unsafe.",
    )


def test_where_nobody_can_be_asked_it_says_so(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, None, None) == (0, audit.UNREACHABLE)


def test_who_knows_no_package_is_no_database():
    assert [audit.answered(report(UNKNOWN)), audit.answered(report(UNKNOWN, SAFE))] == [False, True]
