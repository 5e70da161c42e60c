"""Which task waits for which, kept free of cycles."""

from collections import defaultdict


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
