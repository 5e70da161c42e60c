"""What the findings of S15 say; placeholders come from `Finding.values`."""

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
