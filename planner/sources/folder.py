"""An inventory on disk: one YAML file, or a folder of them, read whole before anything is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Fault, Position
from planner.sources.document import LARGEST_FILE, Document, read_document
from planner.sources.nodes import Entry

SUFFIXES = (".yaml", ".yml")
NOT_INVENTORY = frozenset({"scenarios"})


@dataclass(frozen=True, slots=True)
class Reading:
    """All documents of an inventory, in the order of their names, and all faults of their reading."""

    documents: tuple[Document, ...]
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing had to be left out, so that what is not there is really missing."""
        return all(document.whole for document in self.documents)

    def sections(self) -> Iterator[Entry]:
        """Yield every top-level key with its value; the same key may come from several files."""
        for document in self.documents:
            if document.root:
                yield from document.root.entries.values()


def read_folder(path: Path, encoding: str = "auto") -> Reading:
    """Return what an inventory folder, or a single file, says."""
    if path.is_dir():
        files = sorted(_inventory_files(path), key=lambda file: file.as_posix())
        if not files:
            return Reading((), (Fault("E108", Position(path.as_posix())),))
    elif path.exists():
        files = [path]
    else:
        return Reading((), read_file(path, encoding).faults)
    documents = tuple(read_file(file, encoding) for file in files)
    return Reading(documents, tuple(fault for document in documents for fault in document.faults))


def _inventory_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder and its subfolders, no hidden ones, no scenarios; links are not followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in NOT_INVENTORY]
        for name in names:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(root) / name


def read_file(file: Path, encoding: str = "auto") -> Document:
    """Return what one file says; a file that is not there or cannot be read is a fault of it."""
    name = file.as_posix()
    if not file.exists():
        return Document(name, None, (Fault("E121", Position(name), {"file": name}),), whole=False)
    if not file.is_file():
        return _unread(name, "not an ordinary file")
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            arguments = {"found": f"{size} bytes", "limit": f"{LARGEST_FILE} bytes"}
            return Document(name, None, (Fault("E120", Position(name), arguments),), whole=False)
        return read_document(file.read_bytes(), name, encoding)
    except OSError as error:
        return _unread(name, error.strerror or str(error))


def _unread(name: str, reason: str) -> Document:
    return Document(name, None, (Fault("E122", Position(name), {"file": name, "reason": reason}),), whole=False)
