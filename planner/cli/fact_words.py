"""Two values of one fact in short, so that what differs is what is shown."""

import json
import textwrap
from collections.abc import Mapping
from typing import Any


def contrasted(before: Any, after: Any, width: int) -> tuple[str | None, str | None]:
    """Both values as JSON of at most ``width`` characters, more where they would read the same; None: not there.

    Of two records only the fields that differ, of two lists only the elements that the other has not.
    """
    old, new = _differing(before, after)
    then, now = (None if value is None else brief(value, width) for value in (old, new))
    return (then, now) if then != now or before == after else (_json(old), _json(new))


def brief(value: Any, width: int) -> str:
    """The value as JSON, of a long one only its beginning."""
    return textwrap.shorten(_json(value), width, placeholder=" ...")


def _json(value: Any) -> str:
    """One element without its brackets."""
    return json.dumps(value[0] if isinstance(value, list) and len(value) == 1 else value, ensure_ascii=False)


def _differing(before: Any, after: Any) -> tuple[Any, Any]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _of_records(before, after)
    if isinstance(before, list) and isinstance(after, list):
        gone, new = ([one for one in a if one not in b] for a, b in ((before, after), (after, before)))
        if gone or new:
            return _of_elements(gone, new)
    return before, after


def _of_records(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, with the id where there is one."""
    named = {"id": before["id"]} if "id" in before and before["id"] == after.get("id") else {}
    old, new = dict[str, Any](named), dict[str, Any](named)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            then, now = _differing(before.get(key), after.get(key))
            old |= {key: then} if then is not None else {}
            new |= {key: now} if now is not None else {}
    return old, new


def _of_elements(gone: list[Any], new: list[Any]) -> tuple[list[Any] | None, list[Any] | None]:
    """Records of one id beside each other, each with what differs in it."""
    if len(gone) == len(new) and all(_same(then, now) for then, now in zip(gone, new, strict=True)):
        pairs = [_differing(then, now) for then, now in zip(gone, new, strict=True)]
        return [then for then, _ in pairs], [now for _, now in pairs]
    return gone or None, new or None


def _same(then: Any, now: Any) -> bool:
    records = isinstance(then, Mapping) and isinstance(now, Mapping)
    return records and "id" in then and then["id"] == now.get("id")
