"""The kinds of steps, and the chain of steps that each way of changing an asset consists of."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class StepKind(StrEnum):
    """What one step does. The comments say what state the subject has during and after it."""

    STOP = "stop"  # stopping, then down
    UNMOUNT = "unmount"  # down; leaves its rack (terminals: packing)
    CARRY = "carry"  # moving; in the target room at its end
    MOUNT = "mount"  # down; in its rack from the start of the step (terminals: unpacking)
    WARM_UP = "warm_up"  # down; waits in its rack until it may be switched on
    START = "start"  # starting, then started but not yet checked
    CHECK = "check"  # starting, then up
    ACCEPT = "accept"  # systems: started, then available
    CONFIRM = "confirm"  # final acceptance after a provisional one; changes no state
    MIGRATE = "migrate"  # a VM stays up; its host changes at the end
    SWITCH_OVER = "switch_over"  # lines and roles: nobody serves during it, the new end or asset from its end
    LAY = "lay"  # the new end of a line is built
    TEST = "test"  # a bridge or a new line end is tested; usable from the end
    CLOSE = "close"  # a bridge ends at the start of the step
    RENUMBER = "renumber"  # not serving; the new address from its end
    UPDATE = "update"  # a literal reference is corrected; changes no state of its holder
    BACK_UP = "back_up"  # changes no state
    VERIFY = "verify"  # a backup is read back and compared; changes no state
    LOWER_TTL = "lower_ttl"  # changes no state
    DISPOSE = "dispose"  # a retired asset leaves its rack for good; irreversible


class Method(StrEnum):
    """How an asset changes, once per declared stage."""

    STAY = "stay"
    CARRY = "carry"
    FOLLOW = "follow"  # VMs and blades: the place is that of the host or chassis; `migrate` steps are extra
    INSTALL = "install"  # new equipment: not there at the start
    RETIRE = "retire"  # switched off and left or taken away
    RENUMBER = "renumber"  # stays where it is, gets a new address
    RELAY = "relay"  # a line gets its end in another room


K = StepKind

CHAINS: Mapping[Method, tuple[StepKind, ...]] = MappingProxyType(
    {
        Method.STAY: (),
        Method.FOLLOW: (),
        Method.CARRY: (K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.WARM_UP, K.START, K.CHECK),
        Method.INSTALL: (K.MOUNT, K.START, K.CHECK),
        Method.RETIRE: (K.STOP, K.DISPOSE),
        Method.RENUMBER: (K.RENUMBER, K.CHECK),
        Method.RELAY: (K.LAY, K.TEST, K.SWITCH_OVER),
    }
)
"""The steps of each method, in order. A carried asset that is renumbered too has RENUMBER between START and CHECK;
an installed one that replaces another has SWITCH_OVER after CHECK. A step whose duration is 0 is left out of a plan."""

RESTART = (K.STOP, K.START, K.CHECK)
"""An asset that only has to be down while something that it hard-needs is away."""

SYSTEM_RESTART = (K.STOP, K.START, K.ACCEPT)
"""The same for a system."""

PREPARATORY = frozenset({K.LAY, K.TEST, K.BACK_UP, K.VERIFY, K.LOWER_TTL, K.CONFIRM})
"""Steps that S12 does not bind to windows. The whole chain of an asset that is installed, before its switch-over, is
preparatory too, and so is UPDATE outside an outage."""

IRREVERSIBLE = frozenset({K.DISPOSE})
"""Steps without an inverse on any asset; an asset may declare more."""

HANDS_ON = frozenset(
    {
        *(K.STOP, K.UNMOUNT, K.CARRY, K.MOUNT, K.START, K.CHECK),
        *(K.LAY, K.TEST, K.SWITCH_OVER, K.RENUMBER, K.DISPOSE),
    }
)
"""Steps that touch an asset, so that the body that handles it has to be there (S18)."""
