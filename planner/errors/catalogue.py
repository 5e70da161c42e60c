"""The catalogue of fault sentences: data in ``messages.toml``, read when the first fault is told."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("ja", "en")


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every message key with its sentence (``ja``, ``en``) and cure (``cure_ja``, ``cure_en``)."""
    with files("planner.errors").joinpath("messages.toml").open("rb") as data:
        entries: dict[str, dict[str, str]] = tomllib.load(data)
    return entries


def sentence(key: str, lang: str) -> str:
    """Return the sentence of a message key, with its placeholders.

    Raises
    ------
    KeyError
        When the catalogue does not hold the key or the language.
    """
    return catalogue()[key][lang]


def cure(key: str, lang: str) -> str:
    """Return what to do about a fault, with its placeholders."""
    return catalogue()[key][f"cure_{lang}"]
