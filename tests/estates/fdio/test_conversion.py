"""The conversion of the FD.io draft: complete, repeatable, and silent about nothing."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def convert() -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("fdio_convert", HERE / "convert.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    yield module
    monkeypatch.undo()


@pytest.fixture(scope="module")
def estate() -> dict[str, Any]:
    return dict(yaml.safe_load((HERE / "inventory" / "fdio.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def servers(estate: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in estate["servers"]}


def test_converting_again_gives_the_committed_files(convert: Any) -> None:
    reader = convert.Reader(frozenset({"name", "testbed-id", "role", "model"}))
    supplement = yaml.safe_load((HERE / "supplement.yaml").read_text(encoding="utf-8"))
    inventory = convert.convert(supplement, reader)
    assert convert.written(inventory) == (HERE / "inventory" / "fdio.yaml").read_text(encoding="utf-8")
    assert convert.listed(reader.dirty) == (HERE / "dirty-cells.csv").read_text(encoding="utf-8")


def test_all_65_servers_are_there_once(servers: dict[str, dict[str, Any]]) -> None:
    assert sum(record.get("kind") != "chassis" for record in servers.values()) == 65


def test_five_racks_in_two_rooms_go_into_four_of_48_units(estate: dict[str, Any]) -> None:
    old = [rack for rack in estate["racks"] if rack["room"] != "yul1"]
    new = [rack for rack in estate["racks"] if rack["room"] == "yul1"]
    assert (len(old), {rack["room"] for rack in old}) == (5, {"mtl1", "mtl2"})
    assert [rack["units"] for rack in new] == [48] * 4


def test_nodes_that_share_rack_units_are_blades_of_one_chassis(servers: dict[str, dict[str, Any]]) -> None:
    blades = {id for id, record in servers.items() if record.get("chassis") == "b611-u19"}
    assert blades == {"s49-nomad", "s50-nomad", "s51-nomad", "s52-nomad"}
    assert (servers["b611-u19"]["at"], servers["b611-u19"]["u"]) == ("b611/19", 2)


def test_servers_of_a_testbed_stay_together(servers: dict[str, dict[str, Any]]) -> None:
    labels = {servers[id]["together"] for id in ("s33-t27-sut1", "s34-t27-tg1")}
    assert len(labels) == 1
    assert servers["s35-t28-sut1"]["together"] not in labels


def test_a_generator_wired_to_two_testbeds_ties_both(servers: dict[str, dict[str, Any]]) -> None:
    tied = ("s28-t26t35-tg1", "s29-t26-sut1", "s30-t35-sut1", "s31-t35-sut2")
    assert len({servers[id]["together"] for id in tied}) == 1


def test_what_is_to_be_removed_does_not_travel(servers: dict[str, dict[str, Any]]) -> None:
    retired = {id for id, record in servers.items() if record.get("retire")}
    assert retired == {"softiron-1", "softiron-2", "softiron-3", "b612-u18", "b612-u17", "b612-u16"}


def test_what_travels_fits_into_the_new_racks(servers: dict[str, dict[str, Any]]) -> None:
    assert sum(record["u"] for record in servers.values() if record.get("to")) <= 4 * 48


def test_every_doubtful_cell_is_listed() -> None:
    with (HERE / "inventory-2021-01-08-plan-draft.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    doubtful = {
        (line, column)
        for line, row in enumerate(rows, start=2)
        for column, cell in row.items()
        if not column.startswith(("new-", "section")) and ("?" in cell or "TODO-" in cell or cell in ("N/A", "t-"))
    }
    with (HERE / "dirty-cells.csv").open(encoding="utf-8", newline="") as file:
        listed = {(int(row["line"]), row["column"]) for row in csv.DictReader(file)}
    assert doubtful <= listed


def test_a_name_that_contradicts_its_testbed_is_listed() -> None:
    assert "although the name says t32" in (HERE / "dirty-cells.csv").read_text(encoding="utf-8")


def test_cells_are_not_guessed(servers: dict[str, dict[str, Any]]) -> None:
    assert "address" not in servers["b612-u17"]
    assert "serial" not in servers["s52-nomad"]
