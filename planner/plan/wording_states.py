"""What the findings of S01 to S04, S06, S07, S09, S20 and S22 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

Sentences = Mapping[str, Mapping[str, str]]

OUTAGES: Sentences = {
    "s01.undeclared": {
        "ja": "{system} が {minutes} 分使えませんが、停止として知らせていません",
        "en": "{system} is not available for {minutes} minutes that no declared outage covers",
        "cure_ja": "停止時間に含めるか、作業の順序を直してください",
        "cure_en": "declare it, or change the steps so that it does not happen",
    },
    "s01.needless": {
        "ja": "{system} の停止を知らせていますが、実際には止まりません",
        "en": "an outage of {system} is declared, but it is available throughout",
        "cure_ja": "この停止の知らせを取り下げてください",
        "cure_en": "take the declared outage out",
    },
    "s01.too_early": {
        "ja": "{system} の停止の知らせが実際より {minutes} 分早く始まります (許容 {rounding} 分)",
        "en": "the declared outage of {system} begins {minutes} minutes before it is out (allowed: {rounding})",
        "cure_ja": "停止の開始を実際に合わせてください",
        "cure_en": "begin the declared outage later",
    },
    "s01.too_late": {
        "ja": "{system} の停止の知らせが実際より {minutes} 分遅く終わります (許容 {rounding} 分)",
        "en": "the declared outage of {system} ends {minutes} minutes after it is back (allowed: {rounding})",
        "cure_ja": "停止の終了を実際に合わせてください",
        "cure_en": "end the declared outage earlier",
    },
    "s01.joined": {
        "ja": "{system} は途中で {minutes} 分使えるのに、一つの停止として知らせています (許容 {rounding} 分未満)",
        "en": "{system} is available for {minutes} minutes inside one declared outage (allowed: less than {rounding})",
        "cure_ja": "停止を二つに分けてください",
        "cure_en": "declare two outages",
    },
    "s01.misstated": {
        "ja": "{system} の停止の分数 (全体/業務時間内) は {stated} とありますが、計算では {computed} です",
        "en": "the outage of {system} states {stated} minutes (all/inside service hours), computed are {computed}",
        "cure_ja": "計算された値に直してください",
        "cure_en": "state the computed minutes",
    },
    "s02.budget": {
        "ja": "{system} は業務時間内に {minutes} 分止まります (許容 {allowed} 分)",
        "en": "{system} is out for {minutes} minutes inside service hours (budget: {allowed})",
        "cure_ja": "業務時間外に移すか、予備機・ライブ移行を使うか、許容時間を見直してください",
        "cure_en": "work outside service hours, use replacement, live migration or redundancy, or raise the budget",
    },
    "s02.longest": {
        "ja": "{system} の一回の停止が業務時間内で {minutes} 分になります (許容 {allowed} 分)",
        "en": "one outage of {system} takes {minutes} minutes inside service hours (longest allowed: {allowed})",
        "cure_ja": "停止を短くするか分けてください",
        "cure_en": "shorten or split the outage",
    },
    "s02.degraded": {
        "ja": "{system} は合わせて {minutes} 分、一部の機能が使えません (使えない: {providers})",
        "en": "{system} is degraded for {minutes} minutes in all; at first it misses {providers}",
        "cure_ja": "利用者に知らせるか、作業の順序を見直してください",
        "cure_en": "tell its users, or change the order of the work",
    },
    "s02.batch": {
        "ja": "{dependent} の夜間処理が続けて {missed} 回できません (許容 {allowed} 回、必要: {providers})",
        "en": "{dependent} misses {missed} batch slots in a row (allowed: {allowed}); it needs {providers} in them",
        "cure_ja": "処理の時間帯を避けるか、許容回数を見直してください",
        "cure_en": "keep the slots free, or raise may_miss",
    },
    "s02.longest_elapsed": {
        "ja": "{system} の一回の停止が {minutes} 分続きます (許容 {allowed} 分)",
        "en": "one outage of {system} lasts {minutes} minutes (longest allowed on the clock: {allowed})",
        "cure_ja": "停止を短くするか分けてください",
        "cure_en": "shorten or split the outage",
    },
}

STOPS: Sentences = {
    "s03.not_stopped": {
        "ja": "{dependent} は動いたままですが、必要な {provider} が {condition} です",
        "en": "{dependent} is still running while {provider}, which it hard-needs, is {condition}",
        "cure_ja": "先に {dependent} を停止してください",
        "cure_en": "stop {dependent} first",
    },
    "s03.stops_too_late": {
        "ja": "{dependent} の停止が終わらないうちに {provider} が {condition} になります",
        "en": "{dependent} is still stopping while {provider}, which it hard-needs, is {condition}",
        "cure_ja": "{dependent} の停止が終わってから {provider} を止めてください",
        "cure_en": "stop {provider} after {dependent} has stopped",
    },
    "s03.starts_too_early": {
        "ja": "{provider} の確認が終わらないうちに {dependent} を起動します ({provider} は {condition})",
        "en": "{dependent} is started while {provider}, which it hard-needs, is {condition}",
        "cure_ja": "{provider} の確認が終わってから {dependent} を起動してください",
        "cure_en": "start {dependent} after the check of {provider} has passed",
    },
    "s03.group_apart": {
        "ja": "互いに必要とする {group} のうち {down} だけが止まっています",
        "en": "of {group}, which hard-need each other, only {down} is down",
        "cure_ja": "一組として停止・起動してください",
        "cure_en": "stop and start them as one group",
    },
    "s03.group_order": {
        "ja": "{second} が {first} より先に {kind} しています (定めた順序に反します)",
        "en": "{second} does its {kind} before {first}, against the declared order of the group",
        "cure_ja": "一覧の順に起動し、逆順に停止してください",
        "cure_en": "start in the order of the file and stop in the reverse order",
    },
    "s03.moved_while_on": {
        "ja": "{asset} は停止していない ({condition}) のに {kind} します",
        "en": "{asset} is {condition} when its {kind} begins; it has not been stopped",
        "cure_ja": "その前に停止の作業を入れてください",
        "cure_en": "stop it before",
    },
}

REDUNDANCY: Sentences = {
    "s04.too_few": {
        "ja": "{dependent} には {needed} 台必要ですが {held} 台しか使えません (使えない: {missing})",
        "en": "{dependent} needs {needed} members and has {held}; missing: {missing}",
        "cure_ja": "一台ずつ順に作業してください",
        "cure_en": "take one member after the other",
    },
    "s04.spare_missing": {
        "ja": "{dependent} には移転中も {needed} 台残す必要がありますが {held} 台です (使えない: {missing})",
        "en": "{dependent} has to keep {needed} members during the move and has {held}; missing: {missing}",
        "cure_ja": "予備を残して一台ずつ作業してください",
        "cure_en": "keep the spare, or lower what has to be kept",
    },
    "s04.memory": {
        "ja": "クラスター {cluster} のメモリが足りません: 必要 {asked} GB、稼働中のホスト {has} GB",
        "en": "cluster {cluster} lacks memory: its VMs ask for {asked} GB, the hosts that are up have {has} GB",
        "cure_ja": "先に VM を止めるか、ホストを順に移してください",
        "cure_en": "stop VMs first, or move fewer hosts at a time",
    },
    "s04.host_memory": {
        "ja": "ホスト {host} のメモリが足りません: VM の必要 {asked} GB、搭載 {has} GB",
        "en": "host {host} lacks memory: the VMs on it and on their way to it ask for {asked} GB, it has {has} GB",
        "cure_ja": "VM をほかのホストに分けてください",
        "cure_en": "spread the VMs over other hosts",
    },
    "s04.memory_unknown": {
        "ja": "{asset} のメモリ容量が不明です",
        "en": "the memory of {asset} is not known",
        "cure_ja": "memory_gb を調べて書いてください",
        "cure_en": "find out and write memory_gb",
    },
    "s04.together": {
        "ja": "離しておくべき {one} と {other} が同じホスト {host} で動いています",
        "en": "{one} and {other}, which are declared apart, run on one host, {host}",
        "cure_ja": "別のホストへ移してください",
        "cure_en": "migrate one of them elsewhere",
    },
}

LINKS: Sentences = {
    "s06.no_way": {
        "ja": "{dependent} ({from}) から {provider} ({to}) への経路がなく、{system} が使えません",
        "en": "{dependent} in {from} has no way to {provider} in {to}, so {system} is not available",
        "cure_ja": "先に橋渡し回線を試験して開通させるか、閉じるのを遅らせてください",
        "cure_en": "test the bridge before the first crossing and close it after the last",
    },
    "s06.tested_too_early": {
        "ja": "橋渡し回線 {link} は、まだ敷かれていないか端の機器が動いていないうちに試験されます",
        "en": "bridge {link} is tested while it is not there or ends on nothing that is up",
        "cure_ja": "敷設と両端の機器の起動の後に試験してください",
        "cure_en": "test it after it is laid and what it ends on is up",
    },
    "s06.no_live_migration": {
        "ja": "{vm} を {from} から {to} へライブ移行できません (クラスターが許していません)",
        "en": "{vm} may not migrate from {from} to {to}: no cluster with live migration holds both",
        "cure_ja": "停止して移すか、クラスターの設定を確かめてください",
        "cure_en": "stop it instead, or correct the cluster",
    },
    "s06.migration_way": {
        "ja": "{vm} の移行元 {from} と移行先 {to} の間に使える経路がありません",
        "en": "{vm} migrates from {from} to {to} without a way between the two rooms that the cluster may use",
        "cure_ja": "橋渡し回線の試験後に移行するか、across を確かめてください",
        "cure_en": "migrate after the bridge is tested, or allow the cluster to be across",
    },
    "s07.overload": {
        "ja": "回線 {link} の負荷が {load} Mbps になり、容量 {capacity} Mbps を超えます (主に {by})",
        "en": "link {link} carries {load} Mbps, its capacity is {capacity} Mbps; by {by}",
        "cure_ja": "同時に通すものを減らすか、依存するものを一緒に移してください",
        "cure_en": "do less at a time, or move together what depends on each other",
    },
    "s07.latency": {
        "ja": "{dependent} から {provider} への遅延が {latency} ms になり、上限 {limit} ms を超えます",
        "en": "{dependent} reaches {provider} in {latency} ms, its limit is {limit} ms",
        "cure_ja": "同じ部屋に置くか、経路を短くしてください",
        "cure_en": "keep them in one room, or shorten the path",
    },
    "s07.same_room": {
        "ja": "{dependent} と {provider} は同じ部屋になければならず、{system} が使えません",
        "en": "{dependent} and {provider} have to be in one room and are not, so {system} is not available",
        "cure_ja": "一緒に移してください",
        "cure_en": "move them together",
    },
    "s07.capacity_unknown": {
        "ja": "回線 {subjects} の容量が不明です",
        "en": "the capacity of link {subjects} is not known",
        "cure_ja": "容量を調べて書いてください",
        "cure_en": "find out and write its capacity",
    },
    "s07.load_unknown": {
        "ja": "部屋をまたぐ {subjects} の通信量が不明です",
        "en": "the traffic between {subjects}, which crosses rooms, is not known",
        "cure_ja": "mbps を測って書いてください",
        "cure_en": "measure and write mbps",
    },
    "s07.latency_unknown": {
        "ja": "回線 {subjects} の遅延が不明です",
        "en": "the latency of link {subjects} is not known",
        "cure_ja": "遅延を測って書いてください",
        "cure_en": "measure and write latency_ms",
    },
}

SEGMENTS: Sentences = {
    "s09.stretched": {
        "ja": "延伸できないセグメント {segment} が二か所にあります: {rooms}",
        "en": "segment {segment} may not be stretched and stands in several rooms: {rooms}",
        "cure_ja": "メンバーを全部止めてから移し、移した後に起動してください",
        "cure_en": "stop all members before the gateway moves, and start them after it",
    },
    "s09.two_gateways": {
        "ja": "セグメント {segment} のゲートウェイ {one} と {other} が互いに届かず、両方とも動作中です",
        "en": "the gateways {one} and {other} of segment {segment} are both active and cannot reach each other",
        "cure_ja": "先に橋渡し回線を通すか、片方を止めておいてください",
        "cure_en": "open the bridge first, or keep one of them off",
    },
    "s09.gateway_down": {
        "ja": "{member} が使われているのに、セグメント {segment} のゲートウェイ {gateway} が止まっています",
        "en": "{member} has dependents while the gateway of segment {segment} ({gateway}) is not up",
        "cure_ja": "ゲートウェイより先に止め、後に起動するか、停止を知らせてください",
        "cure_en": "stop the members first, or declare the outage",
    },
}

ACCEPTANCE: Sentences = {
    "s20.start_need": {
        "ja": "{subject} の起動に必要な {needs} が使えません (作業 {step})",
        "en": "{subject} starts without {needs}, which it needs to start (step {step})",
        "cure_ja": "先に {needs} を起動・確認してください",
        "cure_en": "start and check {needs} first",
    },
    "s20.check_need": {
        "ja": "{subject} の確認中に必要な {needs} が使えません (作業 {step})",
        "en": "{subject} is checked while {needs}, which it needs, does not hold (step {step})",
        "cure_ja": "{needs} が使える間に確認してください",
        "cure_en": "check it while {needs} is up and reachable",
    },
    "s20.acceptance_need": {
        "ja": "{subject} の受入確認中に必要な {needs} が使えません (作業 {step})",
        "en": "{subject} is accepted while {needs}, which it needs, does not hold (step {step})",
        "cure_ja": "{needs} の確認・受入の後に受入確認をしてください",
        "cure_en": "accept it after {needs}",
    },
    "s20.untested": {
        "ja": "{subject} を起動した後の {kind} がありません",
        "en": "{subject} is started and no {kind} follows",
        "cure_ja": "確認・受入の作業を入れてください",
        "cure_en": "add the step",
    },
    "s20.outside_hours": {
        "ja": "{system} の受入確認が、相手先の時間 ({hours}) の外です",
        "en": "the acceptance of {system} lies outside the hours ({hours}) in which it can be tested",
        "cure_ja": "時間内に移すか、仮受入にして後で確認してください",
        "cure_en": "move it, or make it provisional with a later confirmation",
    },
    "s20.unconfirmed": {
        "ja": "{system} は仮受入ですが、最初に試験できる時刻 ({first}) の本受入がありません",
        "en": "{system} is accepted provisionally and not confirmed at the first testable minute ({first})",
        "cure_ja": "その時刻に本受入の作業を入れてください",
        "cure_en": "add the confirmation at that minute",
    },
    "s20.confirmed_by_nobody": {
        "ja": "{system} の本受入に担当者がいません",
        "en": "nobody is named for the confirmation of {system}",
        "cure_ja": "担当者を割り当ててください",
        "cure_en": "name the people",
    },
    "s20.no_fallback": {
        "ja": "{system} は仮受入ですが、失敗したときの代替手段がありません",
        "en": "{system} is accepted provisionally and has no fallback",
        "cure_ja": "fallback を書いてください",
        "cure_en": "write its fallback",
    },
    "s20.accepted_apart": {
        "ja": "互いに必要とする {group} の確認・受入が別々に終わります",
        "en": "{group}, which hard-need each other, are not checked and accepted as one",
        "cure_ja": "確認・受入を同時に終えてください",
        "cure_en": "end their checks and acceptances together",
    },
}

START_STATE: Sentences = {
    "s22.still_there": {
        "ja": "{subjects}: 開始前からの {rule} の指摘が最後まで残り、承認された免除もありません",
        "en": "{subjects}: a finding of {rule} from before the plan is still there at the end, without a waiver",
        "cure_ja": "計画で解消するか、理由と責任者を書いて免除してください",
        "cure_en": "let the plan end it, or waive it in writing",
    },
}

STATES: Sentences = {**OUTAGES, **STOPS, **REDUNDANCY, **LINKS, **SEGMENTS, **ACCEPTANCE, **START_STATE}
"""All of them by key; ``cure_ja`` and ``cure_en`` say what would repair it."""
