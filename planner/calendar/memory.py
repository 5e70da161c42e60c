"""Results kept per object, for frozen objects that hold mappings and so cannot be keys themselves."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Subject = TypeVar("Subject")
P = ParamSpec("P")
Result = TypeVar("Result")

KEPT = 16
"""Objects whose results a function keeps: the inventory at hand, and a few that it is compared with."""


def remembered(
    function: Callable[Concatenate[Subject, P], Result],
) -> Callable[Concatenate[Subject, P], Result]:
    """The function answers a repeated question about the same object (by identity) from memory.

    The object is kept beside its results, so its identity is not given to another one meanwhile. The other arguments
    have to be hashable.
    """
    kept: OrderedDict[int, tuple[Subject, dict[Hashable, Result]]] = OrderedDict()

    @wraps(function)
    def answer(subject: Subject, /, *args: P.args, **kwargs: P.kwargs) -> Result:
        if id(subject) not in kept:
            kept[id(subject)] = (subject, {})
            if len(kept) > KEPT:
                kept.popitem(last=False)
        results, key = kept[id(subject)][1], (args, tuple(sorted(kwargs.items())))
        if key not in results:
            results[key] = function(subject, *args, **kwargs)
        return results[key]

    return answer
