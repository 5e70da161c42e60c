"""Why there is no plan; placeholders come from `Reason.values`, ``{subjects}`` from its subjects."""

from collections.abc import Mapping

REASONS: Mapping[str, Mapping[str, str]] = {
    "job_finds_no_window": {
        "ja": "{subjects} を動かすと止まるシステム ({affected}) の許容時間に収まる作業時間帯がありません"
        " (続けて使える最長は {longest} 分)",
        "en": "{subjects} fits into no window: the systems out with it ({affected}) leave {longest} minutes at most",
        "cure_ja": "許容停止時間を増やすか、制限日を減らすか、予備機・ライブ移行・冗長化を使ってください",
        "cure_en": "raise the budget, lift a blackout, or use replacement, live migration or redundancy",
    },
    "host_not_emptied": {
        "ja": "{subjects} の上の {guests} は、ほかのホストへライブ移行できません (空きメモリ、離すべき相手、"
        "部屋をまたぐ経路と帯域、または容量が不明)",
        "en": "{guests} on {subjects} cannot all migrate live to other hosts (free memory, who must be apart, the way"
        " between rooms and what it bears, or a memory that is not known)",
        "cure_ja": "ホストのメモリを増やすか、memory_gb を書くか、クラスタの across と橋渡し回線を用意してください",
        "cure_en": "add memory to the hosts, state memory_gb, or allow the cluster to be across and provide a bridge",
    },
    "job_leaves_worse": {
        "ja": "{subjects} の作業の後の状態では動き続けられないものがあります: {lost}",
        "en": "after the work on {subjects} these are lost: {lost}",
        "cure_ja": "一緒に動かすか、橋渡し回線・スイッチ・ゲートウェイを先に用意してください",
        "cure_en": "move them together, or provide bridge, switch or gateway first",
    },
    "job_overloads": {
        "ja": "{subjects} を動かす間か動かした後に足りなくなるものがあります"
        " (回線の帯域、クラスタのメモリ、冗長の台数): {scarce}",
        "en": "while {subjects} moves or after it there is too little of these (bandwidth, memory of a cluster, members"
        " that stand in for each other): {scarce}",
        "cure_ja": "帯域やメモリを増やすか、予備を足すか、先に別のものを動かしてください",
        "cure_en": "add bandwidth, memory or a spare, or let something else go first",
    },
    "job_out_of_time": {
        "ja": "{subjects} を動かせるのは {since} から {until} までで、その中に終わる作業時間帯がありません"
        " (日付の指定、部屋の開設と閉鎖、途中で止まったときに留まれる日数 stop_point_days、復元試験、手配の期間)",
        "en": "{subjects} may move from {since} to {until}, and no window ends within (dates, rooms that open and"
        " close, the days that a stop may last (stop_point_days), restore tests, lead times)",
        "cure_ja": "日付や部屋の期日を見直すか、作業時間帯を足すか、stop_point_days を見直してください",
        "cure_en": "reconsider the dates of assets and rooms, add a window, or reconsider stop_point_days",
    },
    "job_touches_too_much": {
        "ja": "{subjects} を動かすだけで、1回の作業に許される範囲を超えます (上限 critical_per_wave、"
        "監視と監視されるもの、バックアップサーバと原本。最重要システム: {touched})",
        "en": "{subjects} alone is more than one wave may touch (the cap critical_per_wave, a monitor and what it"
        " watches, a backup server and the original; most critical systems: {touched})",
        "cure_ja": "上限を上げるか、一緒に動かす指定を分けるか、別の監視・写しを用意してください",
        "cure_en": "raise the cap, divide what has to go together, or provide another monitor or copy",
    },
    "no_way_at_all": {
        "ja": "この小さな問題のすべての計画 ({states} 状態) を調べましたが、規則を守るものがありません: {subjects}",
        "en": "every plan of this small problem was gone through ({states} states); none keeps the rules: {subjects}",
        "cure_ja": "下の「あれば計画できる」変更のいずれかを検討してください",
        "cure_en": "consider one of the changes with which a plan can be made",
    },
    "no_alternative": {
        "ja": "{subjects}: 与えた手間の中では見つかりませんでした",
        "en": "{subjects}: none was found with the effort allowed",
        "cure_ja": "--effort を大きくしてください",
        "cure_en": "raise --effort",
    },
    "no_people_for_turn": {
        "ja": "時間帯 {window} に {subjects} の作業に足りる要員がいません",
        "en": "there are not enough people for {subjects} in window {window}",
        "cure_ja": "要員を増やすか、作業を分けてください",
        "cure_en": "add people, or split the work",
    },
    "no_time_to_turn_back": {
        "ja": "時間帯 {window} では、{subjects} の作業を最後の確認点から切り戻す時間 ({minutes} 分) が足りません",
        "en": "window {window} leaves no time to turn back {subjects} at the last check ({minutes} minutes)",
        "cure_ja": "許容停止時間か作業時間帯を広げるか、要員を増やすか、作業を分けてください",
        "cure_en": "raise the budget, widen the window, add people, or split the work",
    },
    "preparation_without_hours": {
        "ja": "{asset} の「{kind}」({minutes} 分) を行える時間が、{since} から {before} までの間にありません",
        "en": "no hours are left for {asset} to {kind} ({minutes} minutes) between {since} and {before}",
        "cure_ja": "凍結期間か max_age を見直すか、{asset} を動かす日を変えてください",
        "cure_en": "lift a freeze, raise max_age, or let {asset} change on another day",
    },
    "preparation_without_people": {
        "ja": "{asset} の「{kind}」({minutes} 分) を {since} から {before} までの間に行う要員 ({teams}) がいません",
        "en": "nobody of {teams} is free for {asset} to {kind} ({minutes} minutes) between {since} and {before}",
        "cure_ja": "要員を増やすか crew を変えるか、{asset} を動かす日を変えてください",
        "cure_en": "add people, change the crew, or let {asset} change on another day",
    },
    "placement_no_gap": {
        "ja": "{subjects} が入る連続した空きが部屋 {room} のどのラックにもありません",
        "en": "no rack in room {room} has contiguous free units for {subjects}",
        "cure_ja": "ラックを増やすか、配置済みの機器を詰めてください",
        "cure_en": "add a rack, or close up what is placed already",
    },
    "placement_units": {
        "ja": "部屋 {room} のラックの空きが足りません: 必要 {needed} U、空き {free} U",
        "en": "the racks of room {room} are too small: {needed} units are needed, {free} are free",
        "cure_ja": "ラックを増やすか、移す機器を減らしてください",
        "cure_en": "add racks, or move fewer devices",
    },
    "placement_limits": {
        "ja": "部屋 {room} では、ラックの重さ・床の荷重・回路・電源・冷却の限度を守る配置がありません: {subjects}",
        "en": "in room {room} no placement of {subjects} keeps the limits of racks, floor, circuits, UPS and cooling",
        "cure_ja": "ラックや回路を増やすか、拡散板を使うか、機器を減らしてください",
        "cure_en": "add racks or circuits, use spreader plates, or move fewer devices",
    },
    "placement_not_found": {
        "ja": "部屋 {room} への配置が、与えた手間の中では見つかりませんでした: {subjects}",
        "en": "no placement of {subjects} in room {room} was found with the effort allowed",
        "cure_ja": "--effort を大きくするか、ラックを指定してください",
        "cure_en": "raise --effort, or name racks",
    },
}
"""By key: sentence and cure in both languages."""
