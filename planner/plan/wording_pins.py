"""What is said of pins: by S12 about a plan, and by a refusal; placeholders come from the values."""

from collections.abc import Mapping

PINS: Mapping[str, Mapping[str, str]] = {
    "s12.pin_on": {
        "ja": "{subjects} の波は {pin} と決められていますが、計画では {wave} ({day}) です",
        "en": "the wave of {subjects} is pinned on {pin}, and is {wave} ({day}) in the plan",
        "cure_ja": "決められた日の作業枠に移すか、pins の on を見直してください",
        "cure_en": "move it to a window of that day, or reconsider `on` in pins",
    },
    "s12.pin_not_before": {
        "ja": "{subjects} の波は {pin} より前にできませんが、計画では {wave} ({day}) です",
        "en": "the wave of {subjects} is pinned not before {pin}, and is {wave} ({day}) in the plan",
        "cure_ja": "後の作業枠に移すか、pins の not_before を見直してください",
        "cure_en": "move it to a later window, or reconsider `not_before` in pins",
    },
    "s12.pin_last_day": {
        "ja": "{subjects} の波は {pin} までと決められていますが、計画では {wave} ({day} まで) です",
        "en": "the wave of {subjects} is pinned to end on {pin}, and is {wave} (until {day}) in the plan",
        "cure_ja": "前の作業枠に移すか、pins の last_day を見直してください",
        "cure_en": "move it to an earlier window, or reconsider `last_day` in pins",
    },
    "s12.pin_apart": {
        "ja": "同じ波と決められたものが別の波にあります: {waves}",
        "en": "what is pinned to one wave is in several: {waves}",
        "cure_ja": "一つの波にまとめるか、pins の same_wave_as を見直してください",
        "cure_en": "put them into one wave, or reconsider `same_wave_as` in pins",
    },
    "pin_without_window": {
        "ja": "{asset} を移せる作業枠が、決められた日にありません ({pins})",
        "en": "no window is left for {asset} on the days that it is pinned to ({pins})",
        "cure_ja": "`planner calendar` で作業枠の日を確かめ、pins を見直すか、作業枠を足してください",
        "cure_en": "see the days of windows with `planner calendar`; reconsider the pins, or add a window",
    },
    "pin_not_held": {
        "ja": "決められた波 ({pin}) のままでは {subjects} を移す計画が見つかりません",
        "en": "no plan was found that moves {subjects} as they are pinned ({pin})",
        "cure_ja": "この行を pins から外すか、日を見直してください",
        "cure_en": "take this line out of pins, or reconsider its day",
    },
}
