"""What the findings of S16 and S18 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

TRANSPORT: Mapping[str, Mapping[str, str]] = {
    "s16.route_unknown": {
        "ja": "{from} から {to} への搬送経路が不明です",
        "en": "the route from {from} to {to} is not known",
        "cure_ja": "routes に車両・エレベータ・所要・通用口を書いてください",
        "cure_en": "write it under routes: vehicles, elevators, time, doors",
    },
    "s16.time_unknown": {
        "ja": "{subjects} の間の搬送の所要時間が不明です",
        "en": "how long the route between {subjects} takes is not known",
        "cure_ja": "routes に minutes を書いてください",
        "cure_en": "write the minutes of the route",
    },
    "s16.limit_unknown": {
        "ja": "{subjects} の {what} が不明です",
        "en": "{what} of {subjects} is not known",
        "cure_ja": "調べて conveyances に書いてください",
        "cure_en": "find it out and write it under conveyances",
    },
    "s16.asset_unknown": {
        "ja": "運ぶ {subjects} の {what} が不明です",
        "en": "{what} of {subjects}, which is carried, is not known",
        "cure_ja": "値を書いてください",
        "cure_en": "write it",
    },
    "s16.too_fast": {
        "ja": "搬送が {found} 分で、経路に要る {limit} 分より短くなっています",
        "en": "the trip takes {found} minutes, its route needs {limit}",
        "cure_ja": "搬送の所要を長くしてください",
        "cure_en": "give the carrying more time",
    },
    "s16.too_heavy": {
        "ja": "一度に運ぶ重さ {found} kg が {by} の上限 {limit} kg を超えます",
        "en": "the trip weighs {found} kg, {by} bears {limit}",
        "cure_ja": "搬送を分けるか、別の車両・エレベータを使ってください",
        "cure_en": "make more trips of it, or use another vehicle or elevator",
    },
    "s16.too_large": {
        "ja": "機器 ({found} cm) が {by} の開口 ({limit} cm) を通りません",
        "en": "the device ({found} cm) does not pass the door of {by} ({limit} cm)",
        "cure_ja": "分解するか、別の経路を使ってください",
        "cure_en": "take it apart, or use another route",
    },
    "s16.crowded": {
        "ja": "{by} を同時に {found} 回の搬送で使います。同時に使えるのは {limit} 回です",
        "en": "{found} trips use {by} in the same time, {limit} can",
        "cure_ja": "搬送の時刻をずらしてください",
        "cure_en": "carry one after the other",
    },
    "s16.one_trip": {
        "ja": "壊れやすい {one} と {other} は互いの予備 ({group}) なのに、一度に運ばれます",
        "en": "{one} and {other} are fragile, stand in for each other ({group}), and are on one trip",
        "cure_ja": "別の便に分けてください",
        "cure_en": "carry them on different trips",
    },
    "s16.warm_up": {
        "ja": "到着から {found} 分で電源を入れます。順化に {limit} 分必要です",
        "en": "it is switched on {found} minutes after it arrived; it has to warm up for {limit}",
        "cure_ja": "電源投入を遅らせてください",
        "cure_en": "switch it on later",
    },
    "s16.warm_up_unknown": {
        "ja": "{subjects} の搬送後の順化時間が不明です",
        "en": "how long {subjects} has to warm up after transport is not known",
        "cure_ja": "steps に warm_up を書いてください",
        "cure_en": "write warm_up in its steps",
    },
    "s16.not_sealed": {
        "ja": "個人情報のある媒体が封印されずに運ばれます",
        "en": "media with personal data travel without a seal",
        "cure_ja": "封印してから運び出してください",
        "cure_en": "seal them before they leave the room",
    },
    "s16.seal_unknown": {
        "ja": "個人情報のある {subjects} を封印して運ぶか不明です",
        "en": "whether {subjects}, which holds personal data, travels sealed is not known",
        "cure_ja": "media に sealed: true と書いてください",
        "cure_en": "write sealed: true under media",
    },
    "s16.serials_unknown": {
        "ja": "個人情報のある {subjects} の製造番号が不明で、搬送の記録ができません",
        "en": "the serial numbers of {subjects}, which holds personal data, are not known, so no log can be kept",
        "cure_ja": "serial か media の serials を書いてください",
        "cure_en": "write serial, or serials under media",
    },
    "s16.escorts": {
        "ja": "個人情報のある媒体の立会いが {found} 人です。{limit} 人必要です",
        "en": "{found} escorts go with media with personal data, {limit} are needed",
        "cure_ja": "搬送の crew に職員か立会いの担当 (escorts: true) を加えてください",
        "cure_en": "add own people, or a team with escorts: true, to the crew that carries",
    },
    "s16.doors_unknown": {
        "ja": "{from} から {to} への経路で、媒体の受け渡しに署名する両方の出入口が不明です",
        "en": "the two doors on the way from {from} to {to} where media are signed for are not known",
        "cure_ja": "routes に doors を二つ書いてください",
        "cure_en": "write the two doors of the route",
    },
}

LINES: Mapping[str, Mapping[str, str]] = {
    "s18.no_appointment": {
        "ja": "回線の敷設・試験が、事業者の来られる時間 ({hours}) の外です",
        "en": "the line is laid or tested outside the carrier's appointments ({hours})",
        "cure_ja": "事業者の時間内に移してください",
        "cure_en": "move the step into them",
    },
    "s18.appointments_unknown": {
        "ja": "{subjects} の事業者がいつ来られるか不明です",
        "en": "when the carrier of {subjects} can come is not known",
        "cure_ja": "appointments に時間帯を書いてください",
        "cure_en": "write the hours as appointments",
    },
    "s18.lead_time": {
        "ja": "申込みから {days} 日かかるため、{earliest} より前には敷設できません",
        "en": "the carrier needs {days} days; nothing is laid before {earliest}",
        "cure_ja": "敷設を遅らせるか、早く申し込んでください",
        "cure_en": "lay it later, or order earlier",
    },
    "s18.lead_time_unknown": {
        "ja": "{subjects} の申込みから敷設までの日数が不明です",
        "en": "the lead time of {subjects} is not known",
        "cure_ja": "lead_days を書いてください",
        "cure_en": "write lead_days",
    },
    "s18.no_switch_over": {
        "ja": "回線の切替えが独立した作業になっていません",
        "en": "the switch-over of the line is no step of its own",
        "cure_ja": "切替えに所要時間を与え、作業として入れてください",
        "cure_en": "give it a duration and a step",
    },
    "s18.not_ready": {
        "ja": "二重敷設の回線を、新しい側の {kind} が終わる前に切り替えます",
        "en": "a line that is laid twice is switched over before the {kind} of its new end",
        "cure_ja": "切替えの前に敷設と試験を終えてください",
        "cure_en": "lay and test it first",
    },
    "s18.new_end_down": {
        "ja": "切替えの間、新しい側の終端 ({ends}) が {room} で動いていません",
        "en": "the new ends ({ends}) are not up in {room} throughout the switch-over",
        "cure_ja": "先に終端を据え付け、起動してください",
        "cure_en": "bring them up first",
    },
    "s18.closed_first": {
        "ja": "新しい側を使い始める前に、古い側の終端 ({ends}) が止まっています",
        "en": "the old end ({ends}) is down before the new one is in use",
        "cure_ja": "切替えが済むまで古い側を動かしておいてください",
        "cure_en": "keep it up until the line is switched over",
    },
    "s18.body_absent": {
        "ja": "{body} の立会いなしに触れます",
        "en": "it is touched without {body} being there",
        "cure_ja": "{body} の要員を割り当ててください",
        "cure_en": "assign somebody of {body}",
    },
    "s18.body_unknown": {
        "ja": "立会いが要る {body} がチームとして書かれていません",
        "en": "{body} has to be there and is no team of the inventory",
        "cure_ja": "teams に {body} を書いてください",
        "cure_en": "write {body} under teams",
    },
    "s18.application_unknown": {
        "ja": "{body} への申請の状況が不明です",
        "en": "how far the application to {body} has got is not known",
        "cure_ja": "application に filed と accepted の日付を書いてください",
        "cure_en": "write the days under application: filed, accepted",
    },
    "s18.not_accepted": {
        "ja": "申請が {as_of} の時点で受理されていないので、日程は決まっていません",
        "en": "the application is not accepted on {as_of}, so there is no date yet",
        "cure_ja": "受理されてから計画し直し、accepted に日付を書いてください",
        "cure_en": "plan again when it is accepted, and write the day as accepted",
    },
    "s18.outside_application": {
        "ja": "作業が、受理された期間の外です",
        "en": "the step lies outside what was accepted",
        "cure_ja": "期間内に移すか、変更を申請してください",
        "cure_en": "move it, or apply for a change",
    },
}
