"""Texts of the inventory inside Markdown and HTML: they are shown as they are, and never become markup."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_SIGNS = re.compile(r"([\\`*_\[\]|~#])")
_COMMAND = re.compile(r"`([^`\n]+)`")


def cell(text: object) -> str:
    """The text on one line of Markdown, also inside a table; between a pair of back quotes it is a command."""
    parts = _COMMAND.split(str(text))
    return "".join(_command(part) if place % 2 else _plain(part) for place, part in enumerate(parts))


def commands(text: object) -> Markup:
    """The text in HTML; what stands between a pair of back quotes is a command, in letters that tell 0 from O."""
    parts = _COMMAND.split(str(text))
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if place % 2 else escape(part) for place, part in enumerate(parts))


def _plain(text: str) -> str:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SIGNS.sub(r"\\\1", shown).replace("\r\n", "\n").strip("\n").replace("\n", "<br>")


def _command(text: str) -> str:
    # A table's cells are cut before code is looked at, so that even there a bar wants its backslash.
    return f"`{text}`".replace("|", r"\|")
