"""Results kept per object, for frozen objects that hold mappings and so cannot be keys themselves."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Subject = TypeVar("Subject")
P = ParamSpec("P")
Result = TypeVar("Result")

KEPT = 8192
"""Results kept per function: an inventory with thousands of subjects asks again and again."""


def remembered(
    function: Callable[Concatenate[Subject, P], Result],
) -> Callable[Concatenate[Subject, P], Result]:
    """The function answers a repeated question about the same object (by identity) from memory.

    The object is kept beside its result, so its identity is not given to another one meanwhile. The other arguments
    have to be hashable.
    """
    kept: OrderedDict[Hashable, tuple[Subject, Result]] = OrderedDict()

    @wraps(function)
    def answer(subject: Subject, /, *args: P.args, **kwargs: P.kwargs) -> Result:
        key = (id(subject), args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = (subject, function(subject, *args, **kwargs))
            if len(kept) > KEPT:
                kept.popitem(last=False)
        return kept[key][1]

    return answer
