"""A folder of documents: what planner wrote there it may replace and remove, what others wrote or changed it keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from planner.pipeline.whole_file import replace_whole
from planner.plan.choice_file import FOLDER

LIST = "documents.json"
"""The list of what planner wrote: the plan's id, and the hash of every file."""
KEPT = ".edited"
"""Ending of a file that somebody changed, or that is not planner's, where a document had to take its name."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder ``out``."""

    out: Path

    def put(
        self, plan: str, files: Mapping[str, bytes], *, instead_of: Callable[[str], bool] = lambda _name: False
    ) -> list[Path]:
        """Put the documents of a plan there, by name, and take away those of any other plan; return the new paths.

        Documents of the same plan that are not among the new ones stay, for another language or format may be added,
        but for those that the new ones stand ``instead_of``. A file that is not as planner wrote it is renamed, never
        overwritten or removed. Names are those of plain files, or of alternatives in their own folder.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        known, fresh = self._listed(), {name: _hash(content) for name, content in files.items()}
        kept = [name for name in known.files if known.plan == plan and name not in fresh and not instead_of(name)]
        stays = {name: known.files[name] for name in kept}
        for name in {**known.files, **fresh}:
            if name not in stays:
                self._clear(name, known.files.get(name), fresh.get(name))
        self._leave_no_empty_folder()
        written = [replace_whole(self.out / name, content) for name, content in files.items()]
        if stays or fresh or known.files:
            replace_whole(self.out / LIST, _listing(plan, {**stays, **fresh}))
        return written

    def _clear(self, name: str, ours: str | None, fresh: str | None) -> None:
        """Remove a file that nobody has touched since planner wrote it and that is not written again; keep others."""
        path = self.out / name
        if not path.is_file():
            return
        found = _hash(path.read_bytes())
        if found == fresh:
            return
        if found != ours:
            path.replace(_free(path))
        elif fresh is None:
            path.unlink()

    def _leave_no_empty_folder(self) -> None:
        with suppress(OSError):  # it is not there, or something of others lies in it
            (self.out / FOLDER).rmdir()

    def _listed(self) -> _Listed:
        try:
            data: Any = json.loads((self.out / LIST).read_text(encoding="utf-8"))
            files = {str(name): str(found) for name, found in data["files"].items() if _inside(str(name))}
            return _Listed(str(data["plan"]), files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return _Listed("", {})


def keep_only(plan: str, out: Path) -> None:
    """Take away what planner wrote of any other plan, papers and alternatives."""
    if out.is_dir():
        Shelf(out).put(plan, {})


@dataclass(frozen=True, slots=True)
class _Listed:
    plan: str
    files: Mapping[str, str]


def _listing(plan: str, files: Mapping[str, str]) -> bytes:
    data = {"format": "planner.documents", "version": 1, "plan": plan, "files": dict(sorted(files.items()))}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _hash(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _inside(name: str) -> bool:
    """Whether a name of the list is one that planner gives: a plain file of the folder itself, or an alternative."""
    plain = name.removeprefix(f"{FOLDER}/")
    return PurePosixPath(plain).name == plain and "\\" not in plain and ":" not in plain


def _free(path: Path) -> Path:
    number, kept = 2, path.with_name(path.name + KEPT)
    while kept.exists():
        number, kept = number + 1, path.with_name(f"{path.name}{KEPT}-{number}")
    return kept
