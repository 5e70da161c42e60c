"""The facts of a conflict, and the changes that would make a plan, in words; placeholders come from `Fact.values`."""

from collections.abc import Mapping

Sentences = Mapping[str, Mapping[str, str]]

HAS: Sentences = {
    "has_application": {
        "ja": "{asset} の申請が {day} の時点で受理されていない",
        "en": "the application for {asset} is not accepted on {day}",
    },
    "has_data": {
        "ja": "{asset} はデータを持つが、バックアップが定められていない",
        "en": "{asset} holds data, and no backup of it is declared",
    },
    "has_max_age": {
        "ja": "{asset} のバックアップが有効なのは {minutes} 分まで",
        "en": "a backup of {asset} counts for {minutes} minutes",
    },
    "has_slow_reading": {
        "ja": "{asset} のバックアップの読み出し検証に {minutes} 分かかる",
        "en": "reading the backup of {asset} back takes {minutes} minutes",
    },
    "has_restore_test": {
        "ja": "{asset} の復元試験は {day}",
        "en": "the restore of {asset} is tested on {day}",
    },
    "has_restore_test_days": {
        "ja": "復元試験が有効なのは {days} 日まで",
        "en": "a test of a restore is good for {days} days",
    },
    "has_copies": {
        "ja": "{asset} の写しは {places} だけにあり、{asset} は移動中に {room} にいる",
        "en": "the copies of {asset} lie only in {places}, and {asset} is in {room} while it moves",
    },
    "has_no_length": {
        "ja": "{asset} の「{kind}」の所要時間が 0 分",
        "en": "the step {kind} of {asset} takes no time",
    },
    "has_no_criteria": {
        "ja": "元に戻せない作業の前の判断基準 (policy.criteria) が書かれていない",
        "en": "nothing says by what it is decided to begin what cannot be undone (policy.criteria)",
    },
    "has_pin": {
        "ja": "波が決められている ({pin})",
        "en": "a wave is decided already ({pin})",
    },
    "has_unit": {
        "ja": "{asset} はラック {rack} の {unit} U を占める",
        "en": "{asset} is to take unit {unit} of rack {rack}",
    },
    "has_load": {
        "ja": "{asset} ({value}) は {place} に置かれる",
        "en": "{asset} ({value}) is to stand in {place}",
    },
    "has_limit": {
        "ja": "{place} の上限は {limit}",
        "en": "{place} bears {limit} at most",
    },
    "has_people": {
        "ja": "{team} は {have} 人",
        "en": "{team} has {have} people",
    },
    "has_crew": {
        "ja": "{asset} の作業に {team} が {count} 人要る",
        "en": "work on {asset} takes {count} of {team}",
    },
    "has_contract_kinds": {
        "ja": "{team} の契約に含まれる作業は {kinds} だけ",
        "en": "the contract of {team} covers only: {kinds}",
    },
    "has_contract_dates": {
        "ja": "{team} の契約は {first} から {last} まで",
        "en": "the contract of {team} covers {first} to {last}",
    },
    "has_no_nights": {
        "ja": "{team} の契約は夜間 (22:00-05:00) を含まない",
        "en": "the contract of {team} does not cover nights (22:00 to 05:00)",
    },
    "has_no_closed_days": {
        "ja": "{team} の契約は閉庁日を含まない",
        "en": "the contract of {team} does not cover closed days",
    },
    "has_team_hours": {
        "ja": "{team} の勤務は {hours} の時間だけ",
        "en": "{team} works in the hours {hours} only",
    },
    "has_notice": {
        "ja": "{team} には {days} 日前に知らせる",
        "en": "{team} needs {days} days of notice",
    },
    "has_absence": {
        "ja": "{person} の不在",
        "en": "{person} is absent",
    },
    "has_windows": {
        "ja": "作業時間帯 {window} は期間中に {count} 回、最長 {minutes} 分",
        "en": "the window {window} comes {count} times, for {minutes} minutes at most",
    },
    "has_blackout": {
        "ja": "制限日 {tag} ({why})",
        "en": "the blackout {tag} ({why})",
    },
    "has_not_before": {
        "ja": "{asset} を動かすのは {at} 以降",
        "en": "{asset} moves not before {at}",
    },
    "has_not_after": {
        "ja": "{asset} を動かすのは {at} まで",
        "en": "{asset} moves not after {at}",
    },
    "has_opens": {
        "ja": "部屋 {room} が使えるのは {day} から",
        "en": "room {room} opens on {day}",
    },
    "has_ready": {
        "ja": "部屋 {room} の準備が終わるのは {day}",
        "en": "room {room} is ready on {day}",
    },
    "has_closes": {
        "ja": "部屋 {room} が使えるのは {day} の前まで",
        "en": "room {room} closes on {day}",
    },
    "has_phase": {
        "ja": "部屋 {room} が使えない工事期間",
        "en": "room {room} lies in a construction phase",
    },
    "has_power_cut": {
        "ja": "部屋 {room} の停電",
        "en": "room {room} has power cuts",
    },
}
"""Facts, by key and language."""

RELAX: Sentences = {
    "relax_stays": {"ja": "{asset} を動かさない", "en": "{asset} stays"},
    "relax_accepted": {
        "ja": "{asset} の申請が {day} までに受理される",
        "en": "the application for {asset} is accepted by {day}",
    },
    "relax_backup": {
        "ja": "{asset} のバックアップ (有効 24 時間、別の場所に写し、{day} に復元試験)",
        "en": "a backup of {asset} (good for 24 h, a copy in another place, its restore tested on {day})",
    },
    "relax_max_age": {
        "ja": "{asset} のバックアップの有効な時間 (max_age) を {minutes} 分にする",
        "en": "a backup of {asset} counts for {minutes} minutes (max_age)",
    },
    "relax_restore_test": {
        "ja": "{asset} の復元試験を {day} に行う",
        "en": "the restore of {asset} is tested on {day}",
    },
    "relax_copies": {
        "ja": "{asset} の写しを {room} 以外の場所にも置く",
        "en": "a copy of {asset} in another place than {room}",
    },
    "relax_length": {
        "ja": "{asset} の「{kind}」の所要時間を書く ({minutes} 分)",
        "en": "{minutes} minutes for {kind} of {asset}",
    },
    "relax_pin": {
        "ja": "pins から外す: {pin}",
        "en": "take out of pins: {pin}",
    },
    "relax_criteria": {
        "ja": "policy.criteria に判断基準を書く",
        "en": "criteria written under policy.criteria",
    },
    "relax_position": {
        "ja": "{asset} を部屋 {room} の別の場所に置く (計画に任せる)",
        "en": "{asset} elsewhere in room {room} (the planner chooses)",
    },
    "relax_limit": {
        "ja": "{place} の上限を {limit} から {sum} に上げる",
        "en": "{place} bears {sum} instead of {limit}",
    },
    "relax_people": {
        "ja": "{team} をあと {count} 人",
        "en": "{count} more of {team}",
    },
    "relax_crew": {
        "ja": "{asset} の作業を {team} {count} 人で行う",
        "en": "the work on {asset} is done by {count} of {team}",
    },
    "relax_contract_kinds": {
        "ja": "{team} の契約に作業を加える: {kinds}",
        "en": "the contract of {team} also covers: {kinds}",
    },
    "relax_contract_dates": {
        "ja": "{team} の契約を期間全体 ({last} まで) にする",
        "en": "the contract of {team} covers the whole time, until {last}",
    },
    "relax_nights": {"ja": "{team} の契約に夜間を含める", "en": "the contract of {team} covers nights"},
    "relax_closed_days": {"ja": "{team} の契約に閉庁日を含める", "en": "the contract of {team} covers closed days"},
    "relax_team_hours": {"ja": "{team} が {hours} 以外にも働く", "en": "{team} works outside {hours} too"},
    "relax_notice": {"ja": "{team} が予告なしで来る", "en": "{team} comes without notice"},
    "relax_absence": {"ja": "{person} が不在にしない", "en": "{person} is there"},
    "relax_longer_windows": {
        "ja": "作業時間帯 {window} を {hours} 時間長くする",
        "en": "the window {window} {hours} h longer",
    },
    "relax_further_window": {
        "ja": "{day} {start} から {hours} 時間の作業時間帯をもう1回",
        "en": "one more window of {hours} h, on {day} from {start}",
    },
    "relax_blackout_day": {
        "ja": "制限日 {tag} ({why}) から {day} を除く",
        "en": "{day} excepted from the blackout {tag} ({why})",
    },
    "relax_blackout": {"ja": "制限日 {tag} ({why}) をやめる", "en": "no blackout {tag} ({why})"},
    "relax_not_before": {"ja": "{asset} を {at} より前に動かしてよい", "en": "{asset} may move before {at}"},
    "relax_not_after": {"ja": "{asset} を {at} より後に動かしてよい", "en": "{asset} may move after {at}"},
    "relax_opens": {"ja": "部屋 {room} を {day} から使う", "en": "room {room} opens on {day}"},
    "relax_ready": {"ja": "部屋 {room} の準備を {day} に終える", "en": "room {room} is ready on {day}"},
    "relax_closes": {"ja": "部屋 {room} を {day} の前まで使う", "en": "room {room} closes on {day}"},
    "relax_phase": {"ja": "部屋 {room} を工事期間中も使う", "en": "room {room} may be used in its construction phase"},
    "relax_power_cut": {"ja": "部屋 {room} の停電をやめる", "en": "no power cut in room {room}"},
}
"""Changes, by key and language."""

CONFLICTS: Sentences = {**HAS, **RELAX}
