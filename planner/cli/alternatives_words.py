"""The words in which `planner plan --alternatives` puts plans beside each other, in Japanese and English."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "head": "選べる計画 {n} (検証済み)。* は列で最良。時間内停止は業務時間内の停止、"
        "下限との差は合計のもの。停止は 分x重要度、仮設回線は 件x時間、残業は 人時",
        "no_gap": "- は、時間内停止が下限より多いので合計の差では測れないもの",
        "alone": "どれかの点でこの計画にまさる計画は見つかりませんでした",
        "alone_stopped": "ほかの計画の探索は、一つも見つからないうちに止められました",
        "id": "計画",
        "waves": "波",
        "service_minutes": "時間内\n停止",
        "downtime": "停止\n合計",
        "bridge_sum": "仮設\n回線",
        "bridge_peak": "回線\n最大",
        "person_hours": "残業",
        "end_day": "最終日",
        "gap": "下限と\nの差",
        "better": "この計画にどの点でも劣らず、まさる点がある",
        "none": "見つからなかったもの: {ids}",
        "equal": "ほかと同じになったもの: {ids}",
        "worse": "ほかの計画に劣る点があり、まさる点がないもの: {ids}",
        "unsafe": "検証に通らず外したもの: {ids}",
        "surplus": "数の上限で外したもの: {ids}",
        "choose": "選ぶには (文書は選んだ計画のものだけ書きます):",
        "render": "planner render {inventory} {file} -o DIR",
        "diff": "planner diff {plan} {file}",
    },
    "en": {
        "head": "plans to choose from: {n}, verified; * is best of its column; outage in min x weight; "
        "bridge in need-hours; overtime in person-hours; the gap is that of the sum to its bound",
        "no_gap": "-: more outage in service hours than the bound, which the gap of the sum does not measure",
        "alone": "no plan was found that is better than this one in anything",
        "alone_stopped": "the search for alternatives was stopped before it found one",
        "id": "plan",
        "waves": "waves",
        "service_minutes": "inside\nhours",
        "downtime": "outage\nin all",
        "bridge_sum": "bridge\nsum",
        "bridge_peak": "bridge\npeak",
        "person_hours": "over-\ntime",
        "end_day": "last day",
        "gap": "gap",
        "better": "better than the plan in something, worse in nothing",
        "none": "none found: {ids}",
        "equal": "same as another: {ids}",
        "worse": "worse than another in something, better in nothing: {ids}",
        "unsafe": "dropped because the verifier rejects them: {ids}",
        "surplus": "more than asked for: {ids}",
        "choose": "to choose one (papers are written for the plan alone):",
        "render": "planner render {inventory} {file} -o DIR",
        "diff": "planner diff {plan} {file}",
    },
}
"""Heads of the table have up to two lines."""
