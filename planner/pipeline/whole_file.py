"""A file that is replaced whole or not at all: who reads it meanwhile, or is left without power, has the old one."""

from pathlib import Path


def replace_whole(target: Path, content: bytes) -> Path:
    """Put the content there, folders included, and return the path; until the end the old file stays as it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
