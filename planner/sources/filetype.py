"""What a file is when it is not YAML, told by its first bytes."""

from __future__ import annotations

import json

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "Excel/Word (.xls, .doc, password)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"SQLite format 3\x00", "SQLite"),
)
_OFFICE = ((b"xl/", "Excel (.xlsx)"), (b"word/", "Word (.docx)"))
_MARKUP = ((b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<?xml", "XML"))


def foreign_type(data: bytes) -> str | None:
    """Return what the file is, or None where it may be YAML."""
    if data.startswith(b"PK\x03\x04"):
        return next((name for part, name in _OFFICE if part in data), "zip")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for opening, name in _MARKUP:
        if head.startswith(opening):
            return name
    return "JSON" if head[:1] in (b"{", b"[") and _is_json(data) else None


def _is_json(data: bytes) -> bool:
    """Tell JSON from a flow mapping of YAML; deeper nesting than Python reads is none of ours to follow."""
    try:
        json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True
