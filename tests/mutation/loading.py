"""Loads some modules from other code than their files'."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Loading:
    """A finder for `sys.meta_path`: what is ``meant`` is found where it is, and loaded by another loader."""

    meant: Callable[[str], bool]
    loader: Callable[[str, str], SourceFileLoader]

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if self.meant(name) else None
        if spec is not None and spec.origin is not None:
            spec.loader = self.loader(name, spec.origin)
        return spec
