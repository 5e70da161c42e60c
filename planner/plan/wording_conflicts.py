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
    "has_fate": {
        "ja": "{asset} は決められた位置では {element} に頼る",
        "en": "{asset} is to stand where it hangs on {element}",
    },
    "has_load": {
        "ja": "{asset} ({value}) は {place} に置かれる",
        "en": "{asset} ({value}) is to stand in {place}",
    },
    "has_limit": {
        "ja": "{place} の上限は {limit}",
        "en": "{place} bears {limit} at most",
    },
    "has_max_kg": {"ja": "{by} が一度に運べるのは {limit} kg まで", "en": "{by} carries {limit} kg at most"},
    "has_kg": {"ja": "{asset} の重さは {kg} kg", "en": "{asset} weighs {kg} kg"},
    "has_door": {"ja": "{by} の開口は {door} cm", "en": "{by} opens {door} cm"},
    "has_size": {"ja": "{asset} の大きさは {size} cm", "en": "{asset} is {size} cm"},
    "has_way": {
        "ja": "{one} と {other} の間の経路は {by} を使う",
        "en": "the way between {one} and {other} leads by {by}",
    },
    "has_no_permission": {
        "ja": "{device} が {one} と {other} をつなぐ特定通信の定めがない",
        "en": "no permission lets {device} join {one} and {other}",
    },
    "has_joining": {
        "ja": "{device} は {one} と {other} の両方につながる",
        "en": "{device} has legs in {one} and {other}",
    },
    "has_apart": {
        "ja": "{asset} は {others} と同じホストに置けない",
        "en": "{asset} may not share a host with {others}",
    },
    "has_memory": {"ja": "ホスト {host} のメモリは {gb} GB", "en": "the host {host} has {gb} GB of memory"},
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
    "has_move": {"ja": "{asset} を {room} へ移す", "en": "{asset} moves to {room}"},
    "has_traffic": {
        "ja": "{subject} の通信は最大 {mbps} Mbit/s",
        "en": "{subject} has needs of up to {mbps} Mbit/s",
    },
    "has_moves": {"ja": "{assets} を移す", "en": "{assets} move"},
    "has_margin": {
        "ja": "切り戻し期限の前に {minutes} 分の余裕 (policy.margin)",
        "en": "{minutes} minutes are kept before every rollback deadline (policy.margin)",
    },
    "has_together": {"ja": "{asset} は {label} の仲間と一緒に動かす", "en": "{asset} moves together with {label}"},
    "has_no_stretch": {
        "ja": "セグメント {segment} (VLAN {vlan}) は2つの部屋にまたがれない",
        "en": "segment {segment} (VLAN {vlan}) may not be stretched",
    },
    "has_mbps": {"ja": "回線 {link} の帯域は {mbps} Mbit/s", "en": "link {link} bears {mbps} Mbit/s"},
    "has_no_link": {"ja": "部屋 {one} と {other} を結ぶ回線がない", "en": "no link joins {one} and {other}"},
    "has_count": {"ja": "{subject} には {count} 台が要る", "en": "{subject} needs {count} of its group"},
    "has_need": {"ja": "{subject} には {provider} が要る", "en": "{subject} needs {provider}"},
    "has_no_windows": {"ja": "作業時間帯が1つもない", "en": "there are no windows at all"},
    "has_step": {
        "ja": "{asset} の「{kind}」に {minutes} 分かかる",
        "en": "{kind} of {asset} takes {minutes} minutes",
    },
    "has_duration": {
        "ja": "{asset} を動かすのに {minutes} 分かかる",
        "en": "moving {asset} takes {minutes} minutes",
    },
    "has_budget": {
        "ja": "{system} の停止はサービス時間内に合計 {minutes} 分まで",
        "en": "{system} may be out for {minutes} minutes of its service hours in all",
    },
    "has_longest": {
        "ja": "{system} の1回の停止はサービス時間内に {minutes} 分まで",
        "en": "one outage of {system} may take {minutes} minutes of its service hours",
    },
    "has_longest_elapsed": {
        "ja": "{system} の1回の停止は通しで {minutes} 分まで",
        "en": "one outage of {system} may last {minutes} minutes on the clock",
    },
    "has_hours": {"ja": "{system} のサービス時間は {hours}", "en": "{system} is in service in the hours {hours}"},
    "has_all_hours": {"ja": "{system} はいつもサービス時間内", "en": "{system} is in service at all hours"},
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
    "relax_rack": {
        "ja": "部屋 {room} にラック ({units} U) をもう1本",
        "en": "one more rack of {units} U in room {room}",
    },
    "relax_max_kg": {
        "ja": "{by} の上限を {limit} kg から {kg} kg に上げる",
        "en": "{by} carries {kg} kg instead of {limit} kg",
    },
    "relax_door": {"ja": "{by} の開口を {size} cm より広くする", "en": "{by} opens wider than {size} cm"},
    "relax_way": {
        "ja": "{one} と {other} の間を {by} を使わずに運ぶ",
        "en": "another way between {one} and {other}, not by {by}",
    },
    "relax_permission": {
        "ja": "{device} を通る {one} と {other} の特定通信を定める",
        "en": "a permission between {one} and {other} through {device}",
    },
    "relax_apart": {
        "ja": "{asset} を {others} と同じホストに置いてよい",
        "en": "{asset} may share a host with {others}",
    },
    "relax_memory": {"ja": "ホスト {host} のメモリを {gb} GB にする", "en": "{gb} GB of memory in the host {host}"},
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
    "relax_moves_too": {"ja": "{asset} も {room} へ移す", "en": "{asset} moves to {room} too"},
    "relax_all_stay": {"ja": "{assets} を動かさない", "en": "{assets} stay"},
    "relax_margin": {
        "ja": "切り戻し期限の前の余裕 (policy.margin、{minutes} 分) をなくす",
        "en": "no margin before rollback deadlines (policy.margin, {minutes} minutes now)",
    },
    "relax_together": {"ja": "{asset} を {label} と別に動かす", "en": "{asset} need not move with {label}"},
    "relax_stretch": {
        "ja": "VLAN {vlan} ({segment}) を2つの部屋に延ばす",
        "en": "stretch VLAN {vlan} ({segment})",
    },
    "relax_mbps": {"ja": "回線 {link} の帯域を {mbps} Mbit/s にする", "en": "link {link} bears {mbps} Mbit/s"},
    "relax_link": {
        "ja": "部屋 {one} と {other} を結ぶ回線 ({mbps} Mbit/s)",
        "en": "a link between {one} and {other} ({mbps} Mbit/s)",
    },
    "relax_count": {
        "ja": "{subject} は1台あればよいことにする",
        "en": "{subject} makes do with one of its group",
    },
    "relax_budget": {
        "ja": "{system} の停止をサービス時間内に合計 {minutes} 分まで認める",
        "en": "{system} may be out for {minutes} minutes of its service hours in all",
    },
    "relax_longest": {
        "ja": "{system} の1回の停止をサービス時間内に {minutes} 分まで認める",
        "en": "one outage of {system} may take {minutes} minutes of its service hours",
    },
    "relax_longest_elapsed": {
        "ja": "{system} の1回の停止を通しで {minutes} 分まで認める",
        "en": "one outage of {system} may last {minutes} minutes on the clock",
    },
    "relax_longer_windows": {
        "ja": "作業時間帯 {window} を {hours} 時間長くする",
        "en": "the window {window} {hours} h longer",
    },
    "relax_further_window": {
        "ja": "{day} {start} から {hours} 時間の作業時間帯をもう1回",
        "en": "one more window of {hours} h, on {day} from {start}",
    },
    "relax_blackout_day": {
        "ja": "制限日 {tag} ({why}) から {days} を除く",
        "en": "{days} excepted from the blackout {tag} ({why})",
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
