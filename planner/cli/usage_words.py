"""What click says of wrong usage, in Japanese: its sentences are known by their form."""

import re
from collections.abc import Sequence

SENTENCES: Sequence[tuple[str, str]] = (
    (r"No such option '?(?P<name>--?[^' .]+)'?\.?", "{name} というオプションはありません"),
    (r"No such command (?P<name>'[^']*')\.?", "{name} というコマンドはありません"),
    (r"No such rule (?P<name>'[^']*')\.?", "{name} という規則はありません"),
    (
        r"(?P<file>\S+): a picture ends in (?P<endings>.*)",
        "{file}: 図の拡張子を次のどれかにしてください: {endings}",
    ),
    (
        r"(?P<file>\S+): the ending says no format; give one of (?P<names>.*), or --format",
        "{file}: 拡張子から形式が分かりません。{names} のどれかにするか、--format を指定してください",
    ),
    (r"a (?P<form>\w+) needs a file: give -o FILE", "{form} はファイルに書きます: -o FILE を指定してください"),
    (
        r"--impact is told as text or json, not as (?P<form>\w+)",
        "--impact は text か json で答えます ({form} ではなく)",
    ),
    (r"Missing command\.", "コマンドを指定してください"),
    (r"Missing argument (?P<name>'[^']*')\.?", "引数 {name} が足りません"),
    (r"Missing option (?P<name>.*?)\.(?P<rest>.*)", "オプション {name} が必要です{rest}"),
    (r"Option (?P<name>'[^']*') requires an argument\.", "オプション {name} には値が必要です"),
    (r"Option (?P<name>'[^']*') requires (?P<n>\d+) arguments\.", "オプション {name} には値が {n} 個必要です"),
    (r"Option (?P<name>'[^']*') does not take a value\.", "オプション {name} は値を取りません"),
    (r"Got unexpected extra arguments? \((?P<names>.*)\)", "余分な引数があります: {names}"),
    (r"Invalid value for (?P<name>.*?): (?P<rest>.*)", "{name} の値が正しくありません: {rest}"),
    (r"(?P<value>.*) is not one of (?P<choices>.*)\.", "{value} は {choices} のどれでもありません"),
    (r"(?P<value>.*) is not in the range (?P<range>.*)\.", "{value} は範囲 {range} にありません"),
    (r"(?P<value>'.*') is not a valid (?:integer|float)( range)?\.", "{value} は数ではありません"),
    (r"\w+ (?P<path>'.*') does not exist\.", "{path} がありません"),
    (r"\w+ (?P<path>'.*') is a file\.", "{path} はファイルです"),
    (r"\w+ (?P<path>'.*') is a directory\.", "{path} はフォルダです"),
    (r"(?P<name>\S+) does not go with (?P<others>.*)", "{name} は {others} と一緒には使えません"),
    (r"Did you mean (?P<name>'?[^?']*'?)\?", "{name} ではありませんか"),
    (r"\(Did you mean one of: (?P<names>.*)\?\)", "次のどれかではありませんか: {names}"),
)
"""Forms of sentences, each with what it says; what is found in them is told in the same way."""


def in_japanese(message: str) -> str | None:
    """Return what a sentence, or one after the other, says; None where a form is not known."""
    message = " ".join(message.split())
    for form, told in SENTENCES:
        if found := re.match(form, message):
            parts = {name: (part and in_japanese(part)) or part for name, part in found.groupdict().items()}
            rest = message[found.end() :].strip()
            following = in_japanese(rest) if rest else ""
            return None if following is None else "。".join(filter(None, (told.format(**parts), following)))
    return None
