"""What the findings of S12 to S15, S17 and S21 say.

In the sentences: ``{subjects}`` is filled by whoever shows a finding, everything else comes from `Finding.values`.
"""

from collections.abc import Mapping

PEOPLE: Mapping[str, Mapping[str, str]] = {
    "s15.crew_missing": {
        "ja": "作業の要員が足りません: チーム {team} から {count} 人必要です",
        "en": "the step lacks people: it needs {count} of team {team}",
        "cure_ja": "チームの要員を加えるか、作業をずらしてください",
        "cure_en": "add people of the team, or shift the step",
    },
    "s15.skill_missing": {
        "ja": "作業の要員が足りません: チーム {team} の技能 {skill} を持つ人が {count} 人必要です",
        "en": "the step lacks people: it needs {count} of team {team} with the skill {skill}",
        "cure_ja": "その技能を持つ要員を加えてください",
        "cure_en": "add someone with that skill",
    },
    "s15.witness_missing": {
        "ja": "確認者がいないか、求められたチーム・技能の人ではありません",
        "en": "the second pair of eyes is missing, or is not of the team and skill asked for",
        "cure_ja": "確認者を割り当ててください",
        "cure_en": "name a witness",
    },
    "s15.counted_twice": {
        "ja": "同じ人が一つの作業に二度数えられています",
        "en": "one person is counted twice on one step",
        "cure_ja": "別の人を割り当ててください",
        "cure_en": "name another person",
    },
    "s15.two_people": {
        "ja": "重要システムの機器の作業を一人で行っています (二人作業の規則)",
        "en": "one person alone works on what a critical system runs on (two-person rule)",
        "cure_ja": "二人目または確認者を割り当ててください",
        "cure_en": "add a second person or a witness",
    },
    "s15.unknown_person": {
        "ja": "インベントリにいない人が割り当てられています",
        "en": "a person is named whom the inventory does not know",
        "cure_ja": "インベントリの要員の ID を書いてください",
        "cure_en": "name a person of the inventory",
    },
    "s15.two_places": {
        "ja": "同じ人が同時に二つの作業に割り当てられています",
        "en": "one person is on two steps at once",
        "cure_ja": "別の人を割り当てるか、どちらかの作業をずらしてください",
        "cure_en": "name another person, or shift one of the steps",
    },
    "s15.absent": {
        "ja": "不在の人が割り当てられています",
        "en": "a person who is absent is on the step",
        "cure_ja": "別の人を割り当ててください",
        "cure_en": "name another person",
    },
    "s15.outside_team_hours": {
        "ja": "チーム {team} の勤務時間 ({hours}) の外の作業です",
        "en": "the step lies outside the hours ({hours}) of team {team}",
        "cure_ja": "作業を勤務時間内に移してください",
        "cure_en": "move the step into these hours",
    },
    "s15.notice": {
        "ja": "チーム {team} への予告期間 {days} 日 (as_of から) が過ぎる前の作業です",
        "en": "the step comes before the notice of {days} days that team {team} needs, counted from as_of, is over",
        "cure_ja": "作業を遅らせるか、別のチームに頼んでください",
        "cure_en": "do the step later, or with another team",
    },
    "s15.contract_dates": {
        "ja": "チーム {team} の契約期間の外の作業です",
        "en": "the step lies outside the dates of the contract with team {team}",
        "cure_ja": "契約を延ばすか、作業をずらしてください",
        "cure_en": "extend the contract, or shift the step",
    },
    "s15.contract_kind": {
        "ja": "チーム {team} の契約に {kind} の作業は含まれません",
        "en": "the contract with team {team} does not cover the kind of work {kind}",
        "cure_ja": "契約を変更するか、別のチームに頼んでください",
        "cure_en": "change the contract, or take another team",
    },
    "s15.contract_night": {
        "ja": "チーム {team} の契約に夜間作業 (22:00-05:00) は含まれません",
        "en": "the contract with team {team} does not cover work at night (22:00-05:00)",
        "cure_ja": "作業を昼間に移すか、契約を変更してください",
        "cure_en": "do the step by day, or change the contract",
    },
    "s15.contract_closed_day": {
        "ja": "チーム {team} の契約に閉庁日の作業は含まれません",
        "en": "the contract with team {team} does not cover work on closed days",
        "cure_ja": "作業を開庁日に移すか、契約を変更してください",
        "cure_en": "do the step on an opening day, or change the contract",
    },
    "s15.shift": {
        "ja": "勤務が {minutes} 分続きます (上限 {limit} 分。{rest} 分未満の休みでは勤務は切れません)",
        "en": "a shift lasts {minutes} minutes (at most {limit}; less than {rest} minutes of rest do not end it)",
        "cure_ja": "作業を別の人に分けるか、間に休みを入れてください",
        "cure_en": "share the work with someone else, or put a rest between",
    },
    "s15.month": {
        "ja": "時間外の作業が一か月に {minutes} 分あります (上限 {limit} 分)",
        "en": "the work outside office hours in one month adds up to {minutes} minutes (at most {limit})",
        "cure_ja": "作業を別の人に分けるか、翌月に移してください",
        "cure_en": "share the work with someone else, or move it to the next month",
    },
    "s15.office_unknown": {
        "ja": "執務時間 (policy.staff.office) がないため、月の時間外と開庁時の要員を調べられません",
        "en": "without office hours (policy.staff.office), monthly hours and who is fresh cannot be checked",
        "cure_ja": "policy.staff.office に時間帯の名前を書いてください",
        "cure_en": "name a timetable at policy.staff.office",
    },
    "s15.nobody_fresh": {
        "ja": "{opens} の開庁時に休養を取った職員が {fresh} 人しかいません (必要 {needed} 人)",
        "en": "when the office opens at {opens}, {fresh} of its people have rested (needed: {needed})",
        "cure_ja": "夜間の作業から一人外してください",
        "cure_en": "take someone off the work of that night",
    },
}

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

TURNING_BACK: Mapping[str, Mapping[str, str]] = {
    "s13.missing": {
        "ja": "ウェーブ {wave} のこの作業の後に、切り戻しの判定点がありません",
        "en": "wave {wave} has no check point after this step",
        "cure_ja": "判定点と切り戻し手順を加えてください",
        "cure_en": "add a check point with its rollback",
    },
    "s13.missing_first": {
        "ja": "ウェーブ {wave} の最初の切断の前に判定点がありません",
        "en": "wave {wave} has no check point before its first disconnection",
        "cure_ja": "最初の作業の直前に判定点を加えてください",
        "cure_en": "add a check point before its first step",
    },
    "s13.late": {
        "ja": "判定点 {check_point} の予定 {planned} が期限 {deadline} を過ぎています "
        "(制約: {bound_by}、切り戻し {minutes} 分)",
        "en": "check point {check_point} is planned at {planned}, after its deadline {deadline} "
        "(bound by {bound_by}, rollback {minutes} minutes)",
        "cure_ja": "作業を早めるか、ウェーブを小さくしてください",
        "cure_en": "begin earlier, or do less in the wave",
    },
    "s13.deadline_told": {
        "ja": "判定点 {check_point} の期限 {told} は正しい期限 {deadline} より遅いか、ありません",
        "en": "check point {check_point} tells the deadline {told}, later than the right one, {deadline}, or none",
        "cure_ja": "期限を {deadline} にしてください",
        "cure_en": "put the deadline at {deadline}",
    },
    "s13.length_told": {
        "ja": "判定点 {check_point} の切り戻しは {minutes} 分ですが、{told} 分と書かれています",
        "en": "the rollback of check point {check_point} lasts {minutes} minutes, the plan tells {told}",
        "cure_ja": "切り戻しの長さを直してください",
        "cure_en": "correct the length",
    },
    "s13.not_undone": {
        "ja": "判定点 {check_point} の切り戻しは、戻るべき状態で終わりません ({count} 件が違います: {others})",
        "en": "the rollback of check point {check_point} does not end in the state it returns to "
        "({count} differ: {others})",
        "cure_ja": "行った作業の逆の手順をすべて加えてください",
        "cure_en": "add the inverse of everything that was done",
    },
    "s13.infeasible": {
        "ja": "判定点 {check_point} の切り戻しは {rule} に反します ({because})",
        "en": "the rollback of check point {check_point} breaks {rule} ({because})",
        "cure_ja": "切り戻しの順序・時刻・要員を直してください",
        "cure_en": "correct the order, the times or the people of the rollback",
    },
    "s13.anchor": {
        "ja": "判定点 {check_point} が戻るとする状態 {anchor} は、判定する作業より前に終わる組ではありません",
        "en": "check point {check_point} returns to {anchor}, which is no turn that ends before what is decided about",
        "cure_ja": "前に終わった組、またはウェーブの始まりに戻してください",
        "cure_en": "return to a turn that has ended before, or to the start of the wave",
    },
    "s13.anchor_does_not_last": {
        "ja": "判定点 {check_point} が戻る状態 {anchor} では {others} が止まったままで、留まることができません",
        "en": "the state {anchor} to which check point {check_point} returns may not last: {others} is out in it",
        "cure_ja": "すべてのシステムが使える状態まで戻してください",
        "cure_en": "return to a state in which every system is available",
    },
    "s13.planned": {
        "ja": "判定点 {check_point} の予定が、判定する作業の終わりと一致しません",
        "en": "check point {check_point} is not planned at the end of the steps that it is about",
        "cure_ja": "予定を作業の終わりに合わせてください",
        "cure_en": "plan it at the end of these steps",
    },
    "s13.witness_form": {
        "ja": "判定点 {check_point} の切り戻しの {number} 番目の作業は長さか開始が正しくありません",
        "en": "step {number} of the rollback of check point {check_point} has no length or begins before the decision",
        "cure_ja": "長さと開始を直してください",
        "cure_en": "correct its length and its offset",
    },
    "s13.step_left_out": {
        "ja": "切り戻しで {kind} が抜けています",
        "en": "the rollback leaves out {kind}",
        "cure_ja": "抜けた作業を加えてください",
        "cure_en": "add the step",
    },
    "s13.no_fallback": {
        "ja": "引き返せない点の後の代替手段と許される遅れが書かれていません",
        "en": "the fallback and the permitted delay after the point of no return are not named",
        "cure_ja": "fallback と fallback_minutes を書いてください",
        "cure_en": "name fallback and fallback_minutes",
    },
    "s14.several": {
        "ja": "最初の引き返せない作業が二つ以上、同時に始まります",
        "en": "more than one first irreversible step begin at once",
        "cure_ja": "一つずつ行ってください",
        "cure_en": "do one after the other",
    },
    "s14.reversible": {
        "ja": "引き返せない点 {step} が書かれていますが、引き返せない作業はありません",
        "en": "a point of no return {step} is named, but no step is irreversible",
        "cure_ja": "point_of_no_return を外してください",
        "cure_en": "take point_of_no_return away",
    },
    "s14.not_named": {
        "ja": "最初の引き返せない作業が point_of_no_return に書かれていません (記載: {step})",
        "en": "the first irreversible step is not named as point_of_no_return (named: {step})",
        "cure_ja": "その作業の ID を書いてください",
        "cure_en": "name that step",
    },
    "s14.no_gate": {
        "ja": "引き返せない作業の直前に判断 (go/no-go) がありません",
        "en": "no gate stands before the irreversible step",
        "cure_ja": "判断を加えてください",
        "cure_en": "add a gate",
    },
    "s14.gate_elsewhere": {
        "ja": "判断 {gate} が、引き返せない作業の直前にありません",
        "en": "gate {gate} does not stand directly before the irreversible step",
        "cure_ja": "間で始まる作業を移すか、判断を直前に移してください",
        "cure_en": "move what begins between, or the gate",
    },
    "s14.no_criteria": {
        "ja": "判断に基準がありません",
        "en": "the gate has no criteria",
        "cure_ja": "判断の基準を書いてください",
        "cure_en": "write the criteria",
    },
    "s14.default": {
        "ja": "判断が付かない時の扱いが「{default}」です。「no」でなければなりません",
        "en": "the gate's default is {default!r}; it must be 'no'",
        "cure_ja": "default を no にしてください",
        "cure_en": "put default at no",
    },
    "s14.same_person": {
        "ja": "判断する人と代理が同じ人です",
        "en": "the decider is his own deputy",
        "cure_ja": "代理を別の人にしてください",
        "cure_en": "name another deputy",
    },
    "s14.off_duty": {
        "ja": "判断の時刻に {person} は勤務していません",
        "en": "{person} is not on duty at the time of the gate",
        "cure_ja": "その時刻にいる人を書いてください",
        "cure_en": "name someone who is there then",
    },
    "s14.unknown_person": {
        "ja": "判断する人 {person} がインベントリにいません",
        "en": "the inventory knows no person or contact {person}",
        "cure_ja": "要員か連絡先の ID を書いてください",
        "cure_en": "name a person or a contact of the inventory",
    },
    "s14.no_phone": {
        "ja": "判断する人 {person} の電話番号がなく、連絡できるか分かりません",
        "en": "the phone of {person} is not known, so whether the decider can be reached is not known either",
        "cure_ja": "連絡先に電話番号を書いてください",
        "cure_en": "write the phone of the contact",
    },
}

ROOMS: Mapping[str, Mapping[str, str]] = {
    "s17.unknown": {
        "ja": "{what} が分からないため調べられません",
        "en": "{what} is not known, so this cannot be checked",
        "cure_ja": "インベントリに値を書いてください",
        "cure_en": "write the value into the inventory",
    },
    "s17.same_unit": {
        "ja": "ラック {rack} の {unit}U に二つの機器が重なっています",
        "en": "two devices stand in unit {unit} of rack {rack}",
        "cure_ja": "どちらかを空いている位置に移してください",
        "cure_en": "move one of them to units that are free",
    },
    "s17.outside_rack": {
        "ja": "機器の位置 {found}U がラックの 1-{limit}U に収まりません",
        "en": "the device takes units {found} of a rack that has 1-{limit}",
        "cure_ja": "ラックの中に収まる位置にしてください",
        "cure_en": "choose units inside the rack",
    },
    "s17.rack_weight": {
        "ja": "ラックの積載 {found} kg が上限 {limit} kg を超えます",
        "en": "the rack bears {found} kg of at most {limit}",
        "cure_ja": "機器を別のラックに分けてください",
        "cure_en": "share the devices among more racks",
    },
    "s17.floor_load": {
        "ja": "床荷重 {found} kg/m2 が上限 {limit} kg/m2 を超えます",
        "en": "the floor bears {found} kg/m2 of at most {limit}",
        "cure_ja": "荷重分散板を敷くか、機器を別のラックに分けてください",
        "cure_en": "put a spreader plate under the rack, or share the devices among more racks",
    },
    "s17.circuit": {
        "ja": "回路の負荷が (片系停止時に) {found} VA になり、上限 {limit} VA を超えます",
        "en": "the circuit bears {found} VA, with the worst other feed lost, of at most {limit}",
        "cure_ja": "機器を別の回路に分けるか、容量を増やしてください",
        "cure_en": "share the devices among more circuits, or use a larger one",
    },
    "s17.ups": {
        "ja": "UPS の負荷が (片系停止時に) {found} VA になり、容量 {limit} VA を超えます",
        "en": "the UPS bears {found} VA, with the worst other feed lost, of at most {limit}",
        "cure_ja": "機器を別の UPS に分けるか、容量を増やしてください",
        "cure_en": "share the devices among more UPSs, or use a larger one",
    },
    "s17.room_va": {
        "ja": "部屋の負荷 {found} VA が受電容量 {limit} VA を超えます",
        "en": "the room draws {found} VA of at most {limit}",
        "cure_ja": "受電容量を増やすか、機器を減らしてください",
        "cure_en": "supply more, or put fewer devices into the room",
    },
    "s17.room_cooling_w": {
        "ja": "部屋の発熱 {found} W が冷房能力 {limit} W を超えます",
        "en": "the room gives off {found} W of at most {limit} that are cooled",
        "cure_ja": "冷房を増やすか、機器を減らしてください",
        "cure_en": "cool more, or put fewer devices into the room",
    },
    "s17.room_closed": {
        "ja": "部屋 {room} が使えない期間 (開設前・閉鎖後・工事中) に機器があります",
        "en": "a device stands in room {room} while the room is not open",
        "cure_ja": "部屋が使える間に移してください",
        "cure_en": "move it while the room is open",
    },
    "s17.not_ready": {
        "ja": "部屋 {room} の引渡し確認が済む前に機器が入ります",
        "en": "a device stands in room {room} before its readiness list is signed",
        "cure_ja": "確認が済んでから入れてください",
        "cure_en": "move it in after that",
    },
    "s17.power_cut": {
        "ja": "部屋 {room} の停電中に機器が動いています",
        "en": "a device draws power in room {room} during a power cut",
        "cure_ja": "停電の前に止めるか、別の時に移してください",
        "cure_en": "stop it before the cut, or move it at another time",
    },
}

CONSISTENCY: Mapping[str, Mapping[str, str]] = {
    "s21.other_inventory": {
        "ja": "この計画は別のインベントリから作られました ({found}、現在 {due})",
        "en": "the plan was made from another inventory ({found}, now {due})",
        "cure_ja": "`planner plan` で作り直してください",
        "cure_en": "make it again with `planner plan`",
    },
    "s21.unknown_subject": {
        "ja": "インベントリにない対象が書かれています",
        "en": "a subject is named that the inventory does not know",
        "cure_ja": "インベントリの ID を書いてください",
        "cure_en": "name something of the inventory",
    },
    "s21.no_subject": {
        "ja": "作業に対象がありません",
        "en": "the step has no subject",
        "cure_ja": "対象を書くか、作業を消してください",
        "cure_en": "name its subject, or delete it",
    },
    "s21.subject_twice": {
        "ja": "一つの作業に同じ対象が二度書かれています",
        "en": "one subject is named twice in one step",
        "cure_ja": "一度だけ書いてください",
        "cure_en": "name it once",
    },
    "s21.no_length": {
        "ja": "作業の長さが {minutes} 分です",
        "en": "the step lasts {minutes} minutes",
        "cure_ja": "終わりを始まりより後にしてください",
        "cure_en": "let it end after it starts",
    },
    "s21.outside_horizon": {
        "ja": "作業が計画期間の外にあります",
        "en": "the step lies outside the project's horizon",
        "cure_ja": "期間の中に移してください",
        "cure_en": "move it inside",
    },
    "s21.before_as_of": {
        "ja": "作業が基準日 (as_of) より前にあります",
        "en": "the step lies before the project's as_of",
        "cure_ja": "基準日より後に移してください",
        "cure_en": "move it after that date",
    },
    "s21.unknown_room": {
        "ja": "部屋 {place} はインベントリにありません",
        "en": "the inventory knows no room {place}",
        "cure_ja": "インベントリの部屋を書いてください",
        "cure_en": "name a room of the inventory",
    },
    "s21.unknown_rack": {
        "ja": "ラック {place} はインベントリにありません",
        "en": "the inventory knows no rack {place}",
        "cure_ja": "インベントリのラックを書いてください",
        "cure_en": "name a rack of the inventory",
    },
    "s21.rack_elsewhere": {
        "ja": "ラック {place} は書かれた部屋にありません",
        "en": "rack {place} does not stand in the room that is written",
        "cure_ja": "部屋かラックを直してください",
        "cure_en": "correct the room or the rack",
    },
    "s21.unknown_host": {
        "ja": "移行先のホスト {host} はインベントリにありません",
        "en": "the inventory knows no host {host}",
        "cure_ja": "クラスタのホストを書いてください",
        "cure_en": "name a host of the cluster",
    },
    "s21.not_in_step": {
        "ja": "行き先が書かれていますが、その作業の対象ではありません",
        "en": "a destination is written for what is no subject of the step",
        "cure_ja": "行き先を消すか、対象に加えてください",
        "cure_en": "delete it, or add the subject",
    },
    "s21.id_twice": {
        "ja": "ID {id} が二度使われています",
        "en": "the id {id} is used twice",
        "cure_ja": "ID を一意にしてください",
        "cure_en": "make it unique",
    },
    "s21.unknown_step": {
        "ja": "ウェーブにない作業 {step} が参照されています",
        "en": "a step {step} is named that the wave does not have",
        "cure_ja": "ウェーブの作業の ID を書いてください",
        "cure_en": "name a step of the wave",
    },
    "s21.unknown_turn": {
        "ja": "ウェーブにない組が参照されています",
        "en": "a turn is named that the wave does not have",
        "cure_ja": "ウェーブの組の ID を書いてください",
        "cure_en": "name a turn of the wave",
    },
    "s21.unchanged": {
        "ja": "変わるべきものに作業がありません (必要: {due})",
        "en": "what must change has no steps (due: {due})",
        "cure_ja": "作業を加えるか、インベントリで stay にしてください",
        "cure_en": "add its steps, or let it stay in the inventory",
    },
    "s21.moves_unasked": {
        "ja": "変わらないはずのものに作業があります (作業: {found})",
        "en": "what should stay is changed (found: {found})",
        "cure_ja": "作業を消してください",
        "cure_en": "delete the steps",
    },
    "s21.out_of_order": {
        "ja": "作業の順序が違うか、抜けています (必要: {due}、実際: {found})",
        "en": "the steps are out of order, or one is missing (due: {due}; found: {found})",
        "cure_ja": "作業を正しい順に並べ、抜けた作業を加えてください",
        "cure_en": "put them in order, and add what is missing",
    },
    "s21.incomplete": {
        "ja": "作業が途中で終わっています (必要: {due}、実際: {found})",
        "en": "the steps break off (due: {due}; found: {found})",
        "cure_ja": "残りの作業を加えてください",
        "cure_en": "add the rest",
    },
    "s21.overlap": {
        "ja": "同じ対象の二つの作業が重なっています",
        "en": "two steps of one subject overlap",
        "cure_ja": "一つずつ行ってください",
        "cure_en": "do one after the other",
    },
    "s21.stage_dates": {
        "ja": "{stage} 段階目の作業が、インベントリの定める期間の外にあります",
        "en": "the steps of stage {stage} lie outside the dates that the inventory sets",
        "cure_ja": "期間の中に移してください",
        "cure_en": "move them inside",
    },
    "s21.duration": {
        "ja": "作業の長さ {found} 分が、インベントリの {due} 分と違います",
        "en": "the step lasts {found} minutes, {due} in the inventory",
        "cure_ja": "長さを {due} 分にしてください",
        "cure_en": "let it last {due} minutes",
    },
    "s21.no_such_work": {
        "ja": "この対象に {kind} の作業はありません",
        "en": "the subject has no work of the kind {kind}",
        "cure_ja": "作業を消すか、インベントリに書いてください",
        "cure_en": "delete the step, or write the work into the inventory",
    },
    "s21.link_steps": {
        "ja": "リンクの作業は試験、閉鎖の順に一度ずつです",
        "en": "a link is tested, then closed, each once",
        "cure_ja": "余分な作業を消すか、順序を直してください",
        "cure_en": "delete what is too much, or correct the order",
    },
    "s21.wrong_place": {
        "ja": "行き先 {found} が、インベントリの {due} と違います",
        "en": "the destination is {found}, {due} in the inventory",
        "cure_ja": "行き先を {due} にしてください",
        "cure_en": "let it go to {due}",
    },
    "s21.place_open": {
        "ja": "行き先 {found} にラックか位置がありません",
        "en": "the destination {found} lacks its rack or its unit",
        "cure_ja": "ラックと位置を決めてください",
        "cure_en": "choose rack and unit",
    },
    "s21.two_destinations": {
        "ja": "運ぶ先と据え付ける先が違います",
        "en": "it is carried to one place and mounted in another",
        "cure_ja": "行き先を揃えてください",
        "cure_en": "make them one",
    },
    "s21.placement": {
        "ja": "配置表の位置 {found} が、作業の結果 {due} と違います",
        "en": "the placement says {found}, the steps lead to {due}",
        "cure_ja": "配置を {due} にしてください",
        "cure_en": "let the placement say {due}",
    },
    "s21.host": {
        "ja": "移行先のホスト {host} は同じクラスタのホストではありません",
        "en": "the target {host} is no host of the VM's cluster",
        "cure_ja": "クラスタのホストを書いてください",
        "cure_en": "name a host of the cluster",
    },
    "s21.ends_on_retired": {
        "ja": "仮想サーバが廃止されるホストに残ります",
        "en": "the VM ends on a host that is retired",
        "cure_ja": "別のホストに移行してください",
        "cure_en": "migrate it to another host",
    },
    "s21.retired_but_needed": {
        "ja": "廃止されるものがまだ必要とされています",
        "en": "what is retired is still needed",
        "cure_ja": "必要とする側の記述を直すか、後で廃止してください",
        "cure_en": "correct what needs it, or retire it later",
    },
    "s21.waves_overlap": {
        "ja": "二つのウェーブの時間が重なっています",
        "en": "two waves overlap",
        "cure_ja": "ウェーブを一つにするか、時間を分けてください",
        "cure_en": "make them one, or part them in time",
    },
    "s21.turn_length": {
        "ja": "組の終わりが始まりより前です",
        "en": "the turn ends before it starts",
        "cure_ja": "時間を直してください",
        "cure_en": "correct its times",
    },
    "s21.turns_overlap": {
        "ja": "二つの組の時間が重なっています",
        "en": "two turns overlap",
        "cure_ja": "組を一つにするか、時間を分けてください",
        "cure_en": "make them one, or part them in time",
    },
    "s21.no_turn": {
        "ja": "この対象の作業が、それを挙げる一つの組に収まっていません",
        "en": "the steps of this subject do not lie in one turn that names it",
        "cure_ja": "組の対象と時間を直してください",
        "cure_en": "correct the subjects and the times of the turn",
    },
}

RULES: Mapping[str, Mapping[str, str]] = {**PEOPLE, **WINDOWS, **TURNING_BACK, **ROOMS, **CONSISTENCY}
"""All of them by key; ``cure_ja`` and ``cure_en`` say what would repair it."""
