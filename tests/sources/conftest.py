from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import Faults
from planner.sources import Loaded, load

BASE = """\
version: 1
project: {id: komachi, as_of: 2026-08-31, horizon: {from: 2026-12-01, last_day: 2027-02-28}}
rooms: [{id: old, kind: server_room}, {id: new, kind: server_room}]
racks: [{id: R1, room: old}, {id: N1, room: new}]
teams:
  - {id: ict, own: true, people: [室長, 網担当]}
  - {id: va, people: 3}
"""

Read = Callable[[str], Loaded]
Refused = Callable[[str], list[tuple[str, int]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that loads a text beside a base of two rooms, two racks and two teams."""

    def loaded(text: str) -> Loaded:
        (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
        (tmp_path / "text.yaml").write_text(text, encoding="utf-8")
        return load(tmp_path)

    return loaded


@pytest.fixture
def refused(read: Read) -> Refused:
    """Return a function that tells the codes and lines for which a text is refused."""

    def codes(text: str) -> list[tuple[str, int]]:
        with pytest.raises(Faults) as caught:
            read(text)
        return [(fault.code, fault.line) for fault in caught.value.errors]

    return codes
