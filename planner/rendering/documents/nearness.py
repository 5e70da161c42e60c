"""Did you mean: the nearest of the words that there are."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> dict[str, str]:
    """The argument ``nearest`` of a fault, or nothing where no word is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return {"nearest": found[0]} if found else {}
