"""What long work is called while it goes on; the keys are what the floors below report."""

from collections.abc import Mapping

WORKS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "windows": "移転の窓を選んでいます",
        "turns": "組ごとに時刻と要員を決めています",
        "verify": "計画を検証しています",
        "documents": "文書を書いています",
        "explain": "計画から理由を読み取っています",
        "assets": "機器が立ち上がらない場合を調べています",
        "teams": "要員が一人足りない場合を調べています",
        "steps": "作業が遅れる場合を調べています",
        "stops": "止められる時点を調べています",
        "conflicts": "両立しない事実を絞り込んでいます",
        "relaxations": "計画ができる変更を探しています",
        "whatif": "シナリオを調べています",
        "orders": "入れ替えた順番を検証しています",
        "alternatives": "ほかの計画を探しています",
    },
    "en": {
        "windows": "choosing windows",
        "turns": "timing turns and their people",
        "verify": "verifying the plan",
        "documents": "writing documents",
        "explain": "reading the reasons from the plan",
        "assets": "assets that do not come up again",
        "teams": "teams with one person less",
        "steps": "steps that are late",
        "stops": "points where the project may stop",
        "conflicts": "narrowing down the facts that conflict",
        "relaxations": "looking for changes that make a plan",
        "whatif": "going through the scenarios",
        "orders": "verifying other orders",
        "alternatives": "looking for alternatives",
    },
}
