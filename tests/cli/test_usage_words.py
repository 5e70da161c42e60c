"""Wrong usage is told in Japanese too."""

import pytest

from planner.cli import main
from planner.cli.usage_words import in_japanese
from planner.errors.status import ExitStatus

WRONG = {
    ("plna",): "'plna' というコマンドはありません。'plan' ではありませんか。",
    ("plan",): "引数 'INVENTORY' が足りません。",
    ("plan", "i"): "オプション '-o' / '--out' が必要です。",
    ("plan", "i", "--effrt", "2"): "--effrt というオプションはありません。次のどれかではありませんか: '--effort', '--f",
    ("plan", "i", "-o", "x", "--effort"): "オプション '--effort' には値が必要です。",
    ("plan", "i", "-o", "x", "--effort", "many"): "'--effort' の値が正しくありません: 'many' は数ではありません。",
    ("plan", "i", "-o", "x", "--effort", "0"): "0.0 は範囲 0.1<=x<=100 にありません。",
    ("plan", "i", "j", "-o", "x"): "余分な引数があります: j。",
    ("plan", "i", "-o", "x", "--format", "yaml"): "'yaml' は 'text', 'json' のどれでもありません。",
    ("plan", "i", "-o", "x", "--plan-only=3"): "オプション '--plan-only' は値を取りません。",
    ("plan", "i", "-o", "x", "--repeat", "p", "--seed", "2"): "--repeat は --seed と一緒には使えません。",
    ("rule", "S99"): "'S99' という規則はありません。'S19' ではありませんか。",
    ("diff", "a", "b", "-o", "x.gif"): "x.gif: 図の拡張子を次のどれかにしてください: .png or .svg or .pdf。",
    ("graph", "i", "-o", "x.gif"): "x.gif: 拡張子から形式が分かりません",
    ("graph", "i", "--format", "png"): "png はファイルに書きます: -o FILE を指定してください。",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_told_in_both_languages(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(list(arguments)) == ExitStatus.USAGE

    told = capsys.readouterr().err
    assert "Error: " in told
    assert WRONG[arguments] in told


@pytest.mark.parametrize("english", [["--lang", "en"], ["--lang=en"]])
def test_who_asks_for_english_is_not_told_twice(english: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", *english]) == ExitStatus.USAGE

    assert capsys.readouterr().err.isascii()


def test_a_sentence_of_another_form_is_left_as_it_is() -> None:
    assert in_japanese("The moon is not a valid floor.") is None
    assert in_japanese("Missing command. The moon is new.") is None
