"""What makes an inventory another one."""

import hashlib
import json
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


def test_the_hash_is_that_of_the_whole_canonical_text_though_it_is_read_part_by_part() -> None:
    small = estate([replace(box("a", kg=10), name="one"), box("b")])
    body = canonical.encode(small, canonical.OUTSIDE_COMPARISON)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical.digest(small) == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert "sha256:" + hashlib.sha256(canonical.text((1, 2)).encode()).hexdigest() == canonical.digest((1, 2))
    assert canonical.digest({}) == "sha256:" + hashlib.sha256(b"{}").hexdigest()
