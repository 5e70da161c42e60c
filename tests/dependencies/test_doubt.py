"""What is probably written by mistake: who is needed by nobody, who is sent into one rack with his own spare."""

from dataclasses import replace

import pytest

from planner.dependencies import orphans, racked_together, sent_together
from planner.model.asset import Asset, AssetKind, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import Leaf
from planner.model.place import Position, Rack
from planner.model.system import Criticality, System
from tests.dependencies.test_remarks import estate, guest, moving, one_of


def test_a_machine_that_nobody_needs_is_named_and_one_that_takes_a_role_over_is_not() -> None:
    old = replace(moving("old"), method=Method.RETIRE)
    new = Asset("new", "new", AssetKind.SERVER, Method.INSTALL, stages=(Stage(Position("new")),), replaces="old")
    inventory = estate(old, new, moving("lost"), System("s", "s", Criticality.A, budget=60, runs_on=Leaf("old")))

    assert orphans(inventory) == ("lost",)


@pytest.mark.parametrize(
    "facts",
    [
        {"standalone": True},
        {"backs_up": ("used",)},
        {"watches": ("old",)},
        {"method": Method.RETIRE},
        {"kind": AssetKind.SWITCH},
        {"kind": AssetKind.TERMINALS},
    ],
)
def test_what_says_itself_what_it_is_for_is_no_orphan(facts: dict[str, object]) -> None:
    own = replace(moving("own"), **facts)  # type: ignore[arg-type]

    assert orphans(estate(own)) == ()


def test_a_host_is_needed_by_what_runs_on_it() -> None:
    system = System("s", "s", Criticality.A, budget=60, runs_on=Leaf("vm"))

    assert orphans(estate(moving("hv", AssetKind.HYPERVISOR), guest("vm", "hv"), system)) == ()


def pair(kind: AssetKind, *racks: str | None) -> Inventory:
    """Two that stand in for each other and go to these racks."""
    both = [
        replace(moving(f"m{n}", kind, at=Position("old")), stages=(Stage(Position("new", rack)),))
        for n, rack in enumerate(racks, 1)
    ]
    system = System("s", "s", Criticality.A, budget=60, runs_on=one_of(*(asset.id for asset in both)))
    return estate(*both, system, racks={id: Rack(id, id, "new") for id in ("N1", "N2")})


def test_a_pair_that_is_sent_into_one_rack_is_named_with_the_rack() -> None:
    inventory = pair(AssetKind.SERVER, "N1", "N1")
    (void,) = racked_together(inventory)

    assert (sent_together(inventory, void), void.element.id, void.dependent) == (("m1", "m2"), "N1", "s")


def test_two_racks_or_no_rack_or_ups_are_no_pair_in_one_rack() -> None:
    assert racked_together(pair(AssetKind.SERVER, "N1", "N2")) == ()
    assert racked_together(pair(AssetKind.SERVER, None, None)) == ()
    assert racked_together(pair(AssetKind.UPS, "N1", "N1")) == ()


def test_three_of_which_one_stands_elsewhere_lose_nothing() -> None:
    assert racked_together(pair(AssetKind.SERVER, "N1", "N1", "N2")) == ()
