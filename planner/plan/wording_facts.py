"""What no plan can mend, in the inventory's words; placeholders come from `Reason.values`."""

from collections.abc import Mapping

FACTS: Mapping[str, Mapping[str, str]] = {
    "fact_not_accepted": {
        "ja": "{asset} の申請 (相手: {body}) は {as_of} の時点で受理されていないので、{asset} には触れられません",
        "en": "the application for {asset} (with: {body}) is not accepted on {as_of}, so nobody may touch {asset}",
        "cure_ja": "受理されたら accepted に日付を書いて計画し直し、それまでは {asset} を動かさないでください",
        "cure_en": "write the day as accepted when it is, and plan again; until then leave {asset} where it is",
    },
    "fact_no_backup": {
        "ja": "データを持つ {asset} を動かすのに、バックアップが定められていません",
        "en": "{asset} holds data and moves, and no backup of it is declared",
        "cure_ja": "backup を書くか、データを持たないなら stateful: false としてください",
        "cure_en": "write its backup, or stateful: false if it holds no data",
    },
    "fact_backup_too_slow": {
        "ja": "{asset} のバックアップの読み出し検証 ({minutes} 分) が、その有効な時間 ({limit} 分) より長くかかります",
        "en": "reading the backup of {asset} back takes {minutes} minutes, and it only counts for {limit}",
        "cure_ja": "max_age を延ばすか、verify の所要を見直してください",
        "cure_en": "raise max_age, or shorten verify",
    },
    "fact_restore_test": {
        "ja": "{asset} の復元試験 ({tested}) から {limit} 日以内に、動かせる時間帯 ({first} から {last}) がありません",
        "en": "no window for {asset} ({first} to {last}) lies within {limit} days after its restore test ({tested})",
        "cure_ja": "復元試験をし直す日を決め、restore_tested に書いてください",
        "cure_en": "make an appointment for another test of the restore, and write it as restore_tested",
    },
    "fact_copy_beside": {
        "ja": "{asset} のバックアップの写し ({copies}) は、移動中に {asset} がいる部屋 {room} にしかありません",
        "en": "the copies of {asset} ({copies}) lie only in {room}, where {asset} is while it moves",
        "cure_ja": "写しを別の場所 (保管庫など) に置き、copies に書いてください",
        "cure_en": "keep a copy in another place, such as a vault, and name it under copies",
    },
    "fact_takes_no_time": {
        "ja": "{asset} には「{kind}」の作業が要りますが、所要時間が 0 分なので計画に入れられません",
        "en": "{asset} needs the step {kind}, which no plan can hold, for it takes no time",
        "cure_ja": "steps に「{kind}」の所要時間を書いてください",
        "cure_en": "write how long {kind} takes under steps",
    },
    "fact_same_unit": {
        "ja": "{one} と {other} はどちらもラック {rack} の {unit} U に置くことになっています",
        "en": "{one} and {other} are both to stand in unit {unit} of rack {rack}",
        "cure_ja": "どちらかの位置を変えるか、ユニットを書かずに計画に任せてください",
        "cure_en": "send one of them elsewhere, or leave out the unit and let the plan choose",
    },
    "fact_over_limit": {
        "ja": "{where} に置くと決められた機器だけで {sum} になり、上限 {limit} を超えます (多い順: {top})",
        "en": "what is declared to stand in {where} comes to {sum}, over its limit of {limit} (most: {top})",
        "cure_ja": "機器を別の場所に置くか、上限を上げてください",
        "cure_en": "put some of it elsewhere, or raise the limit",
    },
    "fact_too_heavy_to_carry": {
        "ja": "{asset} ({found} kg) は {by} の上限 {limit} kg を超え、部屋の間を運べません",
        "en": "{asset} ({found} kg) is heavier than the {limit} kg that {by} carries between its rooms",
        "cure_ja": "別の車両・エレベーターを使う経路を書くか、上限と重さを確かめてください",
        "cure_en": "write a route by another vehicle or elevator, or check the limit and the weight",
    },
    "fact_too_large_to_carry": {
        "ja": "{asset} ({found} cm) は {by} の開口 {limit} cm を通りません",
        "en": "{asset} ({found} cm) does not go through the opening of {by} ({limit} cm)",
        "cure_ja": "別の車両・エレベーターを使う経路を書くか、開口と高さを確かめてください",
        "cure_en": "write a route by another vehicle or elevator, or check the opening and the height",
    },
    "fact_shared_fate": {
        "ja": "{system} は {total} 台のうち {count} 台が要りますが、決められた位置では {members} がどちらも {element}"
        " に頼るので、それが失われると足りません",
        "en": "{system} needs {count} of {total}, but where they are declared to stand {members} all hang on {element},"
        " and without it too few are left",
        "cure_ja": "どれかを別のラック・電源系統に置くか、S05 の適用除外 (waivers) に理由を書いてください",
        "cure_en": "send one of them to another rack or supply, or write a waiver of S05 with its reason",
    },
    "fact_no_criteria": {
        "ja": "{asset} には元に戻せない作業「{kind}」がありますが、その前に判断する基準が書かれていません",
        "en": "{asset} has a step that cannot be undone ({kind}), and nothing says by what it is decided to begin it",
        "cure_ja": "policy.criteria に判断の基準を書いてください",
        "cure_en": "write the criteria for the decision under policy.criteria",
    },
    "fact_team_too_small": {
        "ja": "{assets} の作業には {team} (技能: {skill}) が {count} 人要りますが、{have} 人しかいません",
        "en": "the work on {assets} needs {count} of {team} (skill: {skill}), which has {have}",
        "cure_ja": "{team} に要員を加えるか、crew を変えてください",
        "cure_en": "add people to {team}, or change the crew",
    },
    "fact_target": {
        "ja": "目標の状態そのものが規則 {rule} に反します: {inner}",
        "en": "the target state itself breaks rule {rule}: {inner}",
        "cure_ja": "{inner}",
        "cure_en": "{inner}",
    },
    "fact_target_out": {
        "ja": "目標の状態では {system} が使えません (原因 {cause})。"
        "最後の作業時間帯の後だけで、サービス時間内に {minutes} 分止まります",
        "en": "in the target state {system} is not available (for want of {cause}): out for {minutes} minutes of its"
        " service hours after the last window alone",
        "cure_ja": "一緒に動かすか、部屋の間の回線・セグメントの延長・ゲートウェイを用意してください",
        "cure_en": "move them together, or provide a link, a stretched segment or a gateway between the rooms",
    },
    "fact_no_window": {
        "ja": "{asset} の「{kind}」({minutes} 分) が入る作業時間帯がありません"
        " (制限日・日付の指定・部屋の期日を除くと最長 {longest} 分)",
        "en": "no window holds {kind} of {asset} ({minutes} minutes): outside blackouts, within its dates and those of"
        " its rooms the longest has {longest}",
        "cure_ja": "作業時間帯を足すか延ばすか、制限日や期日を見直してください",
        "cure_en": "add or lengthen a window, or reconsider blackouts and dates",
    },
    "fact_window_too_short": {
        "ja": "{asset} を動かすと {system} は少なくとも {minutes} 分止まりますが、"
        "使える作業時間帯は最長 {longest} 分です",
        "en": "moving {asset} takes {system} out for at least {minutes} minutes, and the longest window has {longest}",
        "cure_ja": "作業時間帯を延ばすか、作業を短くするか、冗長化・ライブ移行を使ってください",
        "cure_en": "lengthen a window, shorten the work, or use redundancy or live migration",
    },
    "fact_outage_too_long": {
        "ja": "{asset} を動かすと {system} は少なくとも {minutes} 分止まりますが、"
        "許されるのは続けて {limit} 分までです",
        "en": "moving {asset} takes {system} out for at least {minutes} minutes, and only {limit} on end are allowed",
        "cure_ja": "longest_elapsed を見直すか、作業を短くしてください",
        "cure_en": "raise longest_elapsed, or shorten the work",
    },
    "fact_outage_over_budget": {
        "ja": "{asset} を動かすと {system} は {minutes} 分止まり、"
        "どの時間帯でも少なくとも {inside} 分はサービス時間内です (許容 {limit} 分)",
        "en": "moving {asset} takes {system} out for {minutes} minutes, of which in any window at least {inside} lie"
        " inside service hours ({limit} allowed)",
        "cure_ja": "許容停止時間を増やすか、時間外の作業時間帯を足すか、冗長化・ライブ移行を使ってください",
        "cure_en": "raise the budget, add a window outside service hours, or use redundancy or live migration",
    },
    "fact_kind_not_in_contract": {
        "ja": "{team} は {assets} の「{kind}」を行うことになっていますが、契約の作業に含まれていません",
        "en": "{team} is to {kind} {assets}, which its contract does not cover",
        "cure_ja": "契約に作業を加えるか、crew を変えてください",
        "cure_en": "add it to the contract, or change the crew",
    },
    "fact_team_never_there": {
        "ja": "{assets} の作業ができる時間のどこにも、{team} の要員が揃いません"
        " (契約期間・契約の夜間と休日・勤務時間・不在・予告期間)",
        "en": "at no time at which {assets} may be worked on are enough people of {team} there for long enough"
        " (dates, nights and closed days of the contract, hours, absences, notice)",
        "cure_ja": "契約か勤務時間を作業時間帯に合わせるか、crew を変えてください",
        "cure_en": "fit contract or hours to the windows, or change the crew",
    },
}
"""By key: sentence and cure in both languages."""
