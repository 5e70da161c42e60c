"""The text shape of a fault: sentence, place, source line with carets, cure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from planner.errors.catalogue import cure, sentence
from planner.errors.fault import Fault, Position

LONGEST_ARGUMENT = 80
LONGEST_LINE = 120
CHOICES_SHOWN = 12

_NEAREST = {"ja": "もしかして `{0}` ?", "en": "did you mean `{0}`?"}


def render(fault: Fault, lang: str = "ja") -> str:
    """Return the fault as people read it, in ``ja`` or ``en``, without a final line feed."""
    lines = [f"{fault.severity}[{fault.code}]: {message(fault, lang)}", _arrow("-->", fault.position, fault.path)]
    lines += _excerpt(fault.position)
    for other in fault.related:
        lines += [_arrow(":::", other), *_excerpt(other)]
    lines.append(f"   = help: {remedy(fault, lang)}")
    return "\n".join(lines)


def as_dict(fault: Fault, lang: str = "ja") -> dict[str, Any]:
    """Return the fault as JSON data."""
    return {
        "code": fault.code,
        "severity": str(fault.severity),
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "width": fault.position.width,
        "path": fault.path,
        "message": message(fault, lang),
        "cure": remedy(fault, lang),
        "related": [{"file": p.file, "line": p.line, "column": p.column} for p in fault.related],
    }


def message(fault: Fault, lang: str) -> str:
    """Return the sentence of the fault with its arguments, made safe for a terminal."""
    return sentence(fault.key, lang).format_map(_shown(fault.arguments))


def remedy(fault: Fault, lang: str) -> str:
    """Return the cure: the nearest right word where one is known, else what the catalogue advises."""
    shown = _shown(fault.arguments)
    if "nearest" not in fault.arguments:
        return cure(fault.key, lang).format_map(shown)
    choices = f" ({shown['allowed']})" if "allowed" in fault.arguments else ""
    return _NEAREST[lang].format(shown["nearest"]) + choices


def listed(choices: list[str] | tuple[str, ...]) -> str:
    """Return choices as one argument, cut after the first dozen."""
    more = ", ..." if len(choices) > CHOICES_SHOWN else ""
    return ", ".join(choices[:CHOICES_SHOWN]) + more


def visible(text: str) -> str:
    r"""Return the text with every control, format and bidi character in its escaped form, as ``\u202e``."""
    return "".join(_escaped(char) for char in text)


def columns(text: str) -> int:
    """Return how many terminal cells the text takes: two for East Asian wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _escaped(char: str) -> str:
    if unicodedata.category(char)[0] != "C" and char not in "\u2028\u2029\u00a0":
        return char
    return char.encode("unicode_escape").decode("ascii")


def _shown(arguments: Mapping[str, str]) -> defaultdict[str, str]:
    shown = defaultdict(str)
    for name, value in arguments.items():
        short = value if name == "allowed" or len(value) <= LONGEST_ARGUMENT else value[:LONGEST_ARGUMENT] + "..."
        shown[name] = visible(short)
    return shown


def _arrow(sign: str, position: Position, path: str = "") -> str:
    return f"  {sign} {visible(str(position))}" + (f"  ({visible(path)})" if path else "")


def _excerpt(position: Position) -> list[str]:
    """Show the source line and the carets under the fault; of a very long line only the neighbourhood."""
    if not position.source or not position.line:
        return []
    first = max(0, position.column - 1 - LONGEST_LINE // 2) if len(position.source) > LONGEST_LINE else 0
    before = visible(position.source[first : position.column - 1])
    marked = visible(position.source[position.column - 1 : position.column - 1 + position.width][:LONGEST_LINE])
    shown = visible(position.source[first : first + LONGEST_LINE].rstrip("\n"))
    number = f"{position.line:>4}"
    carets = "^" * max(1, columns(marked))
    return [f"{number} | {shown}", f"{' ' * len(number)} | {' ' * columns(before)}{carets}"]
