"""Sentences about an inventory that are neither faults nor findings; their words stand in ``remarks.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

SHOWN = 12
"""Subjects that a sentence names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence: its key, whom it is about, what it says, why, and where the facts stand in the inventory."""

    key: str
    subjects: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    because: tuple["Remark", ...] = ()
    facts: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def remark_words() -> Mapping[str, Mapping[str, str]]:
    """Return every key with its sentence in ``ja`` and ``en``."""
    with files("planner.dependencies").joinpath("remarks.toml").open("rb") as data:
        words: dict[str, dict[str, str]] = tomllib.load(data)
    return words


def told(remark: Remark, language: str) -> str:
    """Return the sentence in ``ja`` or ``en``; ``{subjects}`` and ``{because}`` are filled in beside the values.

    Raises
    ------
    KeyError
        If the key, the language or a value is missing.
    """
    after, more = {"ja": ("、", "ほか {} 件"), "en": ("; ", "and {} more")}[language]
    because = after.join(told(reason, language) for reason in remark.because)
    rest = [more.format(len(remark.subjects) - SHOWN)] if len(remark.subjects) > SHOWN else []
    subjects = ", ".join([*remark.subjects[:SHOWN], *rest])
    values = {"subjects": subjects, "because": because, **remark.values}
    return remark_words()[remark.key][language].format_map(values)
