"""Which task waits for which, kept free of cycles."""

from collections import defaultdict
from collections.abc import Iterable


class Precedence:
    """A growing acyclic relation over task keys."""

    def __init__(self) -> None:
        self.before: dict[str, set[str]] = defaultdict(set)

    def add(self, first: str, then: str) -> bool:
        """Let ``then`` wait for ``first``; False, and nothing changed, if that closes a cycle."""
        if first == then or self._waits(first, then):
            return False
        self.before[then].add(first)
        return True

    def merge(self, keys: Iterable[str], into: str) -> None:
        """Let one task take the place of several: it waits for what they wait for, and who waits for them for it."""
        gone = frozenset(keys)
        for key in gone:
            self.before[into] |= self.before.pop(key, set())
        for key, waiting in self.before.items():
            if not gone.isdisjoint(waiting):
                self.before[key] = (waiting - gone) | {into}

    def _waits(self, key: str, on: str) -> bool:
        """Whether ``key`` waits for ``on``, directly or not."""
        seen, stack = {key}, [key]
        while stack:
            for earlier in self.before[stack.pop()]:
                if earlier == on:
                    return True
                if earlier not in seen:
                    seen.add(earlier)
                    stack.append(earlier)
        return False
