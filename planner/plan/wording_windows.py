"""What the findings of S12 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

WINDOWS: Mapping[str, Mapping[str, str]] = {
    "s12.no_window": {
        "ja": "{window} という作業枠は暦にありません",
        "en": "the calendar has no window {window}",
        "cure_ja": "`planner calendar` が示す作業枠を使ってください",
        "cure_en": "take a window that `planner calendar` lists",
    },
    "s12.window_wider": {
        "ja": "ウェーブの時間が作業枠 {window} からはみ出しています",
        "en": "the wave is wider than the window {window} of the calendar",
        "cure_ja": "時間を作業枠の中に収めてください",
        "cure_en": "keep it inside the window",
    },
    "s12.outside_window": {
        "ja": "作業が作業枠 {window} の外にあります",
        "en": "the step lies outside the window {window}",
        "cure_ja": "作業を作業枠の中に移してください",
        "cure_en": "move the step into the window",
    },
    "s12.not_preparatory": {
        "ja": "準備作業ではない作業が、ウェーブの外にあります",
        "en": "a step that is not preparatory stands outside the waves",
        "cure_ja": "作業をウェーブの作業枠の中に移してください",
        "cure_en": "move the step into the window of a wave",
    },
    "s12.blackout": {
        "ja": "作業が禁止期間 {tags} ({why}) に掛かっています",
        "en": "the step touches a blackout: {tags} ({why})",
        "cure_ja": "禁止期間の外の作業枠に移してください",
        "cure_en": "move the step to a window outside the blackout",
    },
    "s12.freeze": {
        "ja": "準備作業が凍結期間 {tags} ({why}) に掛かっています",
        "en": "the preparatory step touches a freeze: {tags} ({why})",
        "cure_ja": "準備を凍結期間の外に移してください",
        "cure_en": "prepare outside the freeze",
    },
    "s12.unavailable_in_blackout": {
        "ja": "システムが自身の禁止期間 {tags} ({why}) の間に止まります",
        "en": "the system is unavailable in a blackout of its own: {tags} ({why})",
        "cure_ja": "それを止める作業を禁止期間の外に移してください",
        "cure_en": "move what makes it unavailable outside the blackout",
    },
    "s12.room_closed": {
        "ja": "作業の間、部屋 {room} は使えません (開設期間・工事・停電)",
        "en": "the room {room} cannot be used during the step (its dates, a construction phase, a power cut)",
        "cure_ja": "部屋が使える時に移してください",
        "cure_en": "move the step to when the room can be used",
    },
}
