"""What changed between two releases, told fact by fact."""

from relations.releases.changes import FieldChange, changelog, compare, counts

HEAD = "slug,italian_place,japanese_place,first_contact,summary_it,summary_ja,summary_en,citations"


def table(*rows, head=HEAD):
    return "\r\n".join([head, *rows, ""]).encode()


def one(before, after, kind="partnerships"):
    (changes,) = compare({kind: before}, {kind: after})
    return changes


def test_records_that_came_and_went_are_named():
    changes = one(
        table("a,x,y,,,,,", "b,x,z,,,,,"),
        table("b,x,z,,,,,", "c,x,w,,,,,"),
    )

    assert (changes.added, changes.removed, changes.changed) == (["c"], ["a"], {})


def test_a_field_is_told_with_its_old_and_its_new_value():
    changes = one(table("a,x,y,1985,,,,"), table("a,x,y,1986~,,,New.,"))

    assert changes.changed == {
        "a": [FieldChange("first_contact", "1985", "1986~"), FieldChange("summary_en", "", "New.")]
    }


def test_of_a_list_only_what_came_and_what_went_is_told():
    head = "slug,sectors,parties"
    before = table('a,culture; sport,"torino | local_government\nnagoya | university"', head=head)
    after = table('a,culture; tourism,"torino | local_government\nbari | university"', head=head)

    assert one(before, after, "agreements").changed == {
        "a": [
            FieldChange("sectors", "sport", "tourism"),
            FieldChange("parties", "nagoya | university", "bari | university"),
        ]
    }


def test_a_citation_is_known_by_all_that_its_key_has_and_told_in_its_own_table_alone():
    head = "source,partnership,agreement,event,field,stated,preferred,note_it,note_ja,note_en"
    before = table("s,,a,,signed,2005,yes,,,", head=head)
    after = table("s,,a,,signed,2005,no,,,", head=head)

    told = compare(
        {"citations": before, "partnerships": table("a,x,y,,,,,s | signed | 2005 | preferred")},
        {"citations": after, "partnerships": table("a,x,y,,,,,s | signed | 2005")},
    )

    assert [(changes.kind, changes.changed) for changes in told] == [
        ("citations", {"s · a · signed · 2005": [FieldChange("preferred", "yes", "no")]})
    ]


def test_a_column_that_is_new_is_told_once_and_not_for_each_record():
    changes = one(
        table("a,x", head="slug,italian_place"),
        table("a,x,y", head="slug,italian_place,japanese_place"),
    )

    assert (changes.columns, changes.changed) == ({"japanese_place": True}, {})


def test_the_same_tables_have_no_changes():
    assert (
        compare({"partnerships": table("a,x,y,,,,,")}, {"partnerships": table("a,x,y,,,,,")}) == []
    )


def test_the_changelog_says_it_in_markdown():
    told = compare(
        {"partnerships": table("a,x,y,1985,,,,", "b,x,z,,,,,")},
        {"partnerships": table('a,x,y,,,,"Two\nlines, and a ` in them.",', "c,x,w,,,,,")},
    )

    assert counts(told) == {"added": 1, "changed": 1, "removed": 1}
    assert changelog(told, "release 2 of 2026-12-01", "release 1 of 2026-11-30") == (
        "# Changelog\n"
        "\n"
        "Release 2 of 2026-12-01, against release 1 of 2026-11-30: 1 records added, 1 changed, 1 removed.\n"
        "\n"
        "## partnerships\n"
        "\n"
        "### Added\n"
        "\n"
        "- `c`\n"
        "\n"
        "### Changed\n"
        "\n"
        "- `a`\n"
        '  - `first_contact`: `"1985"` → nothing\n'
        '  - `summary_en`: nothing → ``"Two\\nlines, and a ` in them."``\n'
        "\n"
        "### Removed\n"
        "\n"
        "- `b`\n"
    )


def test_the_first_release_has_nothing_to_be_compared_with():
    assert changelog([], "release 1 of 2026-11-30", "") == (
        "# Changelog\n\n"
        "Release 1 of 2026-11-30 is the first one: there is none to compare it with.\n"
    )
