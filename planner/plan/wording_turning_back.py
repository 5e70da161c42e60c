"""What the findings of S13 and S14 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

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
    "s13.undoes_the_irreversible": {
        "ja": "{check_point} から引き返すには、元に戻せない {step} ({others}) を取り消すことになります",
        "en": "turning back at {check_point} would undo {step} ({others}), which cannot be undone",
        "cure_ja": "引き返せない点の後の判断点から巻き戻しと期限を除いてください",
        "cure_en": "leave the rollback and the deadline out of check points after the point of no return",
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
