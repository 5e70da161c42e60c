"""What makes an inventory another one."""

from dataclasses import replace

from planner.model import canonical
from tests.scheduling.estate import box, estate


def test_a_name_a_note_or_a_telephone_number_makes_no_other_inventory() -> None:
    plain = estate([box("a")])
    named = estate([replace(box("a"), name="another", note="seen")])
    assert canonical.digest(plain) == canonical.digest(named)
    assert canonical.differences(plain, named) == []


def test_an_asset_whose_id_is_the_name_of_such_a_field_counts_like_any_other() -> None:
    for id in ("phone", "note", "name", "contacts"):
        small, large = estate([box(id, kg=10)]), estate([box(id, kg=900)])
        assert canonical.digest(small) != canonical.digest(large)
        assert canonical.differences(small, large) == [(f"assets.{id}.kg", 10, 900)]
