"""From bytes to text: the encoding is decided once, by the bytes, and every doubtful character has its place."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from planner.errors import Fault
from planner.sources.filetype import foreign_type
from planner.sources.nodes import Source
from planner.sources.screening import masked

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_ENCODINGS = {"cp932": "CP932 (Windows Shift_JIS)", "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP"}
_MAIL_ESCAPE = re.compile(rb"\x1b(\$[@B]|\([JI])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_FOREIGN_LETTERS = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, lines ended by a line feed alone, invisible characters replaced one by one.

    ``source`` shows the lines as they were written; ``text`` is None where the file is no text at all.
    """

    source: Source
    text: str | None
    faults: tuple[Fault, ...]


def decode(data: bytes, file: str, encoding: str = "auto") -> Decoded:
    """Return the text of a file; with ``auto`` it must be UTF-8, or UTF-16 with its mark, and the rest is told."""
    if kind := foreign_type(data):
        return _no_text(file, "E119", found=kind)
    if encoding != "auto":
        return _named(data, file, encoding)
    marked = next((entry for entry in _MARKS if data.startswith(entry[0])), None)
    if marked:
        return _marked(data[len(marked[0]) :], file, *marked[1:])
    return _unmarked(data, file)


def _unmarked(data: bytes, file: str) -> Decoded:
    if _MAIL_ESCAPE.search(data):
        return _guessed(data, file, "iso2022_jp")
    if wide := _wide_without_mark(data):
        return _no_text(file, "E001.utf16", encoding=wide)
    try:
        return _cleaned(data.decode("utf-8"), file)
    except UnicodeDecodeError:
        return _not_utf8(data, file)


def _no_text(file: str, key: str, **arguments: str) -> Decoded:
    source = Source(file, ())
    return Decoded(source, None, (Fault(key, source.position(1, 1), arguments),))


def _named(data: bytes, file: str, encoding: str) -> Decoded:
    try:
        return _cleaned(data.decode(encoding), file)
    except LookupError:
        return _no_text(file, "E001.named", encoding=encoding)
    except UnicodeDecodeError as error:
        return _replaced(data, file, encoding, error.start, "E001.named", encoding=encoding)


def _marked(data: bytes, file: str, encoding: str, shown: str) -> Decoded:
    try:
        decoded = _cleaned(data.decode(encoding), file)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _not_utf8(data, file)
        return _replaced(data, file, encoding, error.start, "E001.unknown")
    if not shown:
        return decoded
    warning = Fault("W001", decoded.source.position(1, 1), {"encoding": shown})
    return Decoded(decoded.source, decoded.text, (warning, *decoded.faults))


def _wide_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its zero bytes: in text with keys in Latin letters every other byte of many pairs is zero."""
    pairs = len(data) // 2
    low, high = data[0::2].count(0), data[1::2].count(0)
    if not pairs or max(low, high) < pairs * 0.2 or min(low, high) > pairs * 0.02:
        return None
    return "UTF-16LE" if high > low else "UTF-16BE"


def _not_utf8(data: bytes, file: str) -> Decoded:
    """Tell a file in another encoding from a UTF-8 file into which a piece of another was pasted."""
    broken = [line for line in data.split(b"\n") if not _is_utf8(line)]
    rest = [line for line in data.split(b"\n") if not line.isascii() and _is_utf8(line)]
    guess = _likeliest(b"\n".join(broken))
    if rest:
        return _pasted(data, file, guess)
    if guess is None:
        return _replaced(data, file, "utf-8", _first_bad(data), "E001.unknown")
    return _guessed(data, file, guess)


def _guessed(data: bytes, file: str, encoding: str) -> Decoded:
    """Read on in the likely encoding, so that the other faults of the file are found in the same run."""
    mail = _MAIL_ESCAPE.search(data)
    start = mail.start() if mail else _first_bad(data)
    arguments = {"encoding": _ENCODINGS[encoding], "option": encoding.replace("_", "-")}
    return _replaced(data, file, encoding, start, "E001", **arguments)


def _pasted(data: bytes, file: str, guess: str | None) -> Decoded:
    """Read each line by itself, and report every line that is not UTF-8."""
    lines, bad = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        if _is_utf8(line):
            lines.append(line.decode("utf-8"))
        else:
            lines.append(line.decode(guess or "utf-8", "replace"))
            bad.append((number, len(line[: _first_bad(line)].decode("utf-8")) + 1))
    cleaned = _cleaned("\n".join(lines), file)
    key, shown = ("E001.mixed", _ENCODINGS[guess]) if guess else ("E001.unknown", "")
    faults = [Fault(key, cleaned.source.position(*place), {"encoding": shown}) for place in bad]
    return Decoded(cleaned.source, cleaned.text, (*faults, *cleaned.faults))


def _replaced(data: bytes, file: str, encoding: str, start: int, fault_key: str, /, **arguments: str) -> Decoded:
    """Decode with replacement characters and report the first bad byte."""
    cleaned = _cleaned(data.decode(encoding, "replace"), file)
    before = data[:start].decode(encoding if fault_key != "E001" else "utf-8", "replace").replace("\r\n", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    fault = Fault(fault_key, cleaned.source.position(line, column), arguments)
    return Decoded(cleaned.source, cleaned.text, (fault, *cleaned.faults))


def _is_utf8(data: bytes) -> bool:
    return _first_bad(data) == len(data)


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _likeliest(data: bytes) -> str | None:
    """Return the encoding in which most letters are ordinary Japanese ones, if any decodes the bytes."""
    scores: dict[str, float] = {}
    for encoding in ("cp932", "euc_jp"):
        try:
            letters = [char for char in data.decode(encoding) if not char.isascii()]
        except UnicodeDecodeError:
            continue
        scores[encoding] = sum(map(_ordinary, letters)) / max(1, len(letters))
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] > 0 else None


def _ordinary(char: str) -> float:
    """Weigh a letter: kana and full-width marks speak for an encoding, half-width katakana hardly, others against."""
    if "\u3000" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e":
        return 2.0
    if "\u4e00" <= char <= "\u9fff":
        return 1.0
    return 0.1 if "\uff61" <= char <= "\uff9f" else -1.0


def _cleaned(text: str, file: str) -> Decoded:
    """Return the text with line feeds, its invisible characters reported and replaced by a visible one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    source = Source(file, masked(lines))
    faults = []
    for number, line in enumerate(lines, 1):
        faults += _invisible(source, number, line)
        faults += _garbled(source, number, line)
    return Decoded(source, _INVISIBLE.sub("\ufffd", text), tuple(faults))


def _invisible(source: Source, number: int, line: str) -> list[Fault]:
    """Report NUL bytes and control characters, each kind once a line."""
    found: dict[str, Fault] = {}
    for match in _INVISIBLE.finditer(line):
        key = "E002" if match[0] == "\x00" else "E004"
        shown = {"visible": match[0].encode("unicode_escape").decode("ascii")}
        found.setdefault(match[0], Fault(key, source.position(number, match.start() + 1), shown))
    return list(found.values())


def _garbled(source: Source, number: int, line: str) -> list[Fault]:
    """Report the first run of letters that is Japanese UTF-8 read in another encoding."""
    for match in _FOREIGN_LETTERS.finditer(line):
        for encoding, shown in (("cp932", "CP932"), ("cp1252", "CP1252")):
            if suggestion := _restored(match[0], encoding):
                arguments = {"encoding": shown, "found": match[0], "suggestion": suggestion}
                return [Fault("W002", source.position(number, match.start() + 1, len(match[0])), arguments)]
    return []


def _restored(run: str, encoding: str) -> str | None:
    """Return the Japanese text that was garbled into the run, or None where it was not."""
    again = run.encode(encoding, "ignore").decode("utf-8", "replace")
    japanese = sum(1 for char in again if "\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff")
    lost = again.count("\ufffd")
    if japanese < 2 or lost * 2 > japanese or any(unicodedata.category(char) == "Cc" for char in again):
        return None
    return again
