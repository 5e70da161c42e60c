"""Which systems suffer when a subject fails."""

from collections.abc import Collection, Mapping


class Affected:
    """For each subject the systems that need it, directly or through others, whatever the place; found when asked for.

    ``suffering`` are the direct dependents of each subject, ``anybody`` those of what any asset may come to hang on.
    """

    def __init__(
        self,
        systems: Collection[str],
        suffering: Mapping[str, Collection[str]],
        anybody: Mapping[str, Collection[str]],
    ) -> None:
        self._systems = systems
        self._suffering = suffering
        self._anybody = anybody
        self._known: dict[str, frozenset[str]] = {}

    def of(self, id: str) -> frozenset[str]:
        """The systems that suffer; a system suffers from itself."""
        if id not in self._known:
            self._known[id] = frozenset(each for each in self._above(id) if each in self._systems)
        return self._known[id]

    def _above(self, id: str) -> set[str]:
        seen, waiting = {id}, [id]
        while waiting:
            here = waiting.pop()
            for users in (self._suffering.get(here, ()), self._anybody.get(here, ())):
                new = [user for user in users if user not in seen]
                seen.update(new)
                waiting += new
        return seen
