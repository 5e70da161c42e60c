"""A plan that takes long is made once for all tests that look at it, whatever process they run in."""

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import pytest

from planner.pipeline.load import load_inventory
from planner.pipeline.plan import make, write_plan
from planner.plan.refusal import Refusal
from planner.scheduling.options import Options
from planner.units.progress import silent

CHECKOUT = Path(__file__).parents[1]
PATIENCE = 900
"""Seconds for which another process is waited for."""
DAY = 86_400
"""Seconds for which a plan is kept that nobody made again."""


def kept_plan(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, inventory: Path, effort: float = 1.0
) -> Path:
    """The plan of an inventory as a file; kept between runs for as long as nothing changes that it is made of."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    cache = getattr(request.config, "cache", None)
    kept = Path(cache.mkdir("plans")) if cache is not None else shared
    name = f"{_made_of(inventory)}-{effort}"
    lock = shared / f"{name}.lock"
    _forget_old(kept)
    return once(kept / f"{name}.json", lock, lambda file: _put(_plan(inventory, shared / name, effort), file))


def once(file: Path, lock: Path, make_it: Callable[[Path], object]) -> Path:
    """The file, made by the first process that comes; the others wait for it."""
    until = time.monotonic() + PATIENCE
    while not file.exists():
        try:
            lock.mkdir()
        except FileExistsError:
            if time.monotonic() > until:
                pytest.fail(f"{lock} was never given back")
            time.sleep(0.2)
            continue
        try:
            if not file.exists():
                make_it(file)
        finally:
            lock.rmdir()
    return file


def _forget_old(kept: Path) -> None:
    """Plans of yesterday go; no test that runs now reads them."""
    for old in kept.glob("*.json"):
        if time.time() - old.stat().st_mtime > DAY:
            old.unlink(missing_ok=True)


def _put(plan: Path, file: Path) -> None:
    """The plan stands there whole, also where temporary files are on another disk."""
    part = file.with_suffix(".part")
    copyfile(plan, part)
    part.replace(file)


def _plan(inventory: Path, out: Path, effort: float) -> Path:
    answer = make(load_inventory(inventory).inventory, Options(effort=effort), silent, lambda: False)
    assert not isinstance(answer, Refusal), answer
    assert answer.verdict.failures == ()
    return write_plan(answer, out)


def _made_of(inventory: Path) -> str:
    """A digest of everything that the plan depends on."""
    files = [*inventory.glob("*.yaml"), *(CHECKOUT / ".lock").iterdir()]
    files += [file for file in (CHECKOUT / "planner").rglob("*") if file.suffix in {".py", ".yaml", ".toml"}]
    content = b"".join(file.read_bytes() for file in sorted(files))
    return sha256(content).hexdigest()[:16]
