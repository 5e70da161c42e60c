"""The words in which `planner explain` tells facts, in Japanese and English."""

from collections.abc import Mapping

from planner.pipeline.explanation import Fact
from planner.plan.wording import TERMS

HEADS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "assets": "資産",
        "systems": "システム",
        "when": "いつ",
        "nothing": "この計画では作業がありません",
        "prepared": "事前の作業",
        "wave": "{wave}  窓 {window}  {start} から {end} まで",
        "turn": "組 {turn}: {assets}",
        "more": "ほか {n}",
        "because": "直前に終わるもの",
        "free": "この分に終わるものはありません。最後に終わるのは {minutes} 分前:",
        "first": "先に終わるものはありません",
        "earlier": "{wave} より前の窓 {n}（必要な長さ {minutes} 分）",
        "none": "{wave} より前に窓はありません",
        "closed": "使えません",
        "usable": "{minutes} 分使えます",
        "partners": "同じ組の {ids} はこの窓を使えない: {why}",
        "choice": "それだけで閉ざしている事実はありません。計画の選択です",
        "used": "{wave} が使います",
        "binding": "制約",
        "outages": "停止",
        "no_outage": "それ自身の停止の予告はありません",
        "outage": "{system}  {start} から {end} まで  計算 {computed} 分、業務時間内 {inside} 分",
        "chain": "長さを決める作業の連なり",
        "idle": "({minutes} 分待ち)",
        "shorter": "短くする手がかり",
        "beside": "一緒に止まるシステム",
        "zone": "時刻",
    },
    "en": {
        "assets": "asset",
        "systems": "system",
        "when": "When",
        "nothing": "no step of the plan is about it",
        "prepared": "prepared before",
        "wave": "{wave}  window {window}  {start} to {end}",
        "turn": "turn {turn}: {assets}",
        "more": "{n} more",
        "because": "directly after",
        "free": "nothing ends in that minute; last, {minutes} minutes before:",
        "first": "nothing has to come first",
        "earlier": "The {n} windows before {wave} (it takes {minutes} minutes)",
        "none": "There is no window before {wave}",
        "closed": "not usable",
        "usable": "usable for {minutes} minutes",
        "partners": "closed to {ids} of the same turn: {why}",
        "choice": "no fact about it alone closes it: the plan's choice",
        "used": "used by {wave}",
        "binding": "What binds it",
        "outages": "Outages",
        "no_outage": "none of its own is declared",
        "outage": "{system}  {start} to {end}  {computed} minutes computed, {inside} inside service hours",
        "chain": "the chain of steps that gives its length",
        "idle": "({minutes} minutes waiting)",
        "shorter": "what would shorten it",
        "beside": "Systems that do not work without it, out at the same time",
        "zone": "Times",
    },
}

FACTS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        # what a step waits for
        "chain": "{id} の前の作業",
        "stops_first": "{dependent} は {provider} がないと止まるので、先に停止",
        "start_after": "{dependent} は {provider} の動作確認の後に起動（{kind}）",
        "check_after": "{dependent} の確認には {provider} が要る（{kind}）",
        "accept_after": "{dependent} の受入には {provider} が要る（{kind}）",
        "redundancy": "{dependent} には {of} のうち {count} が要る",
        "backup": "{id} のバックアップ",
        "emptied_first": "{host} を下げる前に {id} をほかのホストへ移す",
        "returns_after": "{id} が {host} に移るのはその動作確認の後",
        "bridge": "橋 {id} の試験",
        "person": "{person} がその作業に就いている",
        "conveyance": "{by} を使っている",
        "window_opens": "窓 {window} が開く",
        "hours_end": "{id} の業務時間 {hours} が終わる",
        "accept_opens": "受入の時間 {hours} が始まる",
        # why not an earlier window
        "too_short": "続けて使えるのは {minutes} 分、要るのは {needed} 分",
        "not_ready": "部屋 {room} の準備完了は {at}",
        "bridge_later": "リンク {id} は {at} から",
        "lead_time": "手配期間 {days} 日が終わるのは {at}",
        "application": "申請が認められたのは {at} から",
        "notice": "{team} への予告 {days} 日が過ぎるのは {at}",
        "contract": "{team} の契約の外",
        "absent": "{team} は全員不在",
        "pinned": "波が別の日に決められている（{pin}）",
        "still_needed": "{ids} がまだ使っている。離れるのは {at}（{step}）",
        "not_replaced": "{id} が引き継ぐのは {at}（{step}）",
        "not_there": "{room} で {of} のうち {count} が要るが、動くのは {at} から",
        # what binds
        "written": "{key}: {value}",
        "needs": "{dependent} は {tree_ja} が要る（{kind}、{origin}）",
        "needed_by": "{dependent} が必要としている: {tree_ja}（{kind}、{origin}）",
        "blackout": "禁止期間 {tag}: {why}",
        "blackout_span": "禁止期間 {tag}: {why}、{start} から {end} まで",
        "room_opens": "部屋 {room} は {at} に開く",
        "room_closes": "部屋 {room} は {at} に閉じる",
        "room_ready": "部屋 {room} の準備完了は {at}",
        "phase": "部屋 {room} は工事中: {why}、{start} から {end} まで",
        "power_cut": "部屋 {room} は停電: {why}、{start} から {end} まで",
        "nobody": "{kind}: 要員 {asked}",
        "check_point": "判定点 {id}（{planned}）: 切り戻しの期限 {deadline}、制約 {bound}",
        "gate": "ゲート {id}（{at}、{step} の前）: 判断は {decider}、代理は {deputy}",
        "crew": "{kind}: 要員 {asked}、計画では {people}",
        # outages
        "begins": "原因: {chain}",
        "stopped_for": "原因: {id} の{kind}（{step}）のために止める: {chain}",
        "longest_step": "連なりで最も長い作業: {id} の{kind} {minutes} 分（{step}）。なければ {gain} 分早く終わる",
        "longest_beside": "連なりで最も長い作業: {id} の{kind} {minutes} 分（{step}）。並行する作業も同じだけかかる",
        "no_spare": "{id} に代わる予備（replaces）はない。{id} の作業に時間がかからなければ {gain} 分早く終わる",
        "no_single": "どれか1台だけ速くしても終わりは早まらない（並行する連なりがある）: {ids}",
        "out_before": "この連なりの前の {minutes} 分は別の原因による: {chain}",
        "pair": "{one} と {other} の作業にどちらも時間がかからなければ {gain} 分早く終わる",
        "share": "{id} の作業に時間がかからなければ {gain} 分早く終わる",
        "idle": "{step} の前に {minutes} 分の待ち",
        "accept_at_opening": "{id} の受入は {hours} が始まるまで待つ",
        "no_choice": "{system} は {id} 1台に頼り、代わりがない",
        "one_room": "{of}（{count} 台必要）は停止の始めにすべて {room} にあり、足りる数が残らなかった",
        "live_migration_off": "{vms} は停止する: クラスタ {cluster} の live_migration がない",
        "not_across": "{vms} は停止する: クラスタ {cluster} は部屋をまたげない（across がない）",
        "storage_moves": "{vms} は停止する: ストレージ {storage} も停止する",
        "no_dual_lay": "回線 {id} は二重敷設ではない",
        "read_as": "{written} は {read} と読みます",
        "zone_written": "時差のない時刻は、プロジェクトの time_zone の {zone} で読みます",
        "zone_usual": "時差のない時刻は {zone} で読みます（time_zone の記載がないときの既定）",
    },
    "en": {
        # what a step waits for
        "chain": "the step of {id} before",
        "stops_first": "{dependent} does not run without {provider}, so it stops first",
        "start_after": "{dependent} starts after the check of {provider} ({kind})",
        "check_after": "the check of {dependent} needs {provider} ({kind})",
        "accept_after": "the acceptance of {dependent} needs {provider} ({kind})",
        "redundancy": "{dependent} needs {count} of {of}",
        "backup": "the backup of {id}",
        "emptied_first": "{id} leaves {host} before it goes down",
        "returns_after": "{id} migrates to {host} after its check",
        "bridge": "the test of bridge {id}",
        "person": "{person} works there",
        "conveyance": "{by} is in use",
        "window_opens": "window {window} opens",
        "hours_end": "the service hours of {id} end ({hours})",
        "accept_opens": "the hours of acceptance begin ({hours})",
        # why not an earlier window
        "too_short": "{minutes} minutes in one piece, {needed} are needed",
        "not_ready": "room {room} is ready from {at} on",
        "bridge_later": "link {id} is there from {at} on",
        "lead_time": "the lead time of {days} days is over at {at}",
        "application": "what was applied for begins at {at}",
        "notice": "the notice of {days} days for {team} is over at {at}",
        "contract": "outside the contract of {team}",
        "absent": "everybody of {team} is absent",
        "pinned": "pinned to other days ({pin})",
        "still_needed": "needed by {ids}, which have left at {at} ({step})",
        "not_replaced": "{id} takes over at {at} ({step})",
        "not_there": "it needs {count} of {of} in {room}, which are up there at {at}",
        # what binds
        "written": "{key}: {value}",
        "needs": "{dependent} needs {tree} ({kind}, {origin})",
        "needed_by": "{dependent} needs it: {tree} ({kind}, {origin})",
        "blackout": "blackout {tag}: {why}",
        "blackout_span": "blackout {tag}: {why}, {start} to {end}",
        "room_opens": "room {room} opens at {at}",
        "room_closes": "room {room} closes at {at}",
        "room_ready": "room {room} is ready at {at}",
        "phase": "room {room} is under construction: {why}, {start} to {end}",
        "power_cut": "room {room} has no power: {why}, {start} to {end}",
        "nobody": "{kind}: asks for {asked}",
        "check_point": "check point {id} at {planned}: back by {deadline}, bound by {bound}",
        "gate": "gate {id} at {at} before {step}: {decider} decides, {deputy} stands in",
        "crew": "{kind}: asks for {asked}, the plan has {people}",
        # outages
        "begins": "cause: {chain}",
        "stopped_for": "cause: stopped for {kind} of {id} ({step}): {chain}",
        "longest_step": "longest step on the chain: {kind} of {id}, {minutes} minutes ({step}); without it {gain} less",
        "longest_beside": "longest step on the chain: {kind} of {id}, {minutes} minutes ({step}); others take as long",
        "no_spare": "no spare `replaces` {id}; if its steps took no time, it would end {gain} minutes earlier",
        "no_single": "no asset alone makes it shorter, others take as long beside it: {ids}",
        "out_before": "the {minutes} minutes before this chain have another cause: {chain}",
        "pair": "if the steps of both {one} and {other} took no time, it would end {gain} minutes earlier",
        "share": "if the steps of {id} took no time, it would end {gain} minutes earlier",
        "idle": "{minutes} minutes of waiting before {step}",
        "accept_at_opening": "the acceptance of {id} waits for {hours} to begin",
        "no_choice": "{system} rests on {id} alone, without a choice",
        "one_room": "{of} ({count} needed) all stood in {room} when it began, and too few stayed up",
        "live_migration_off": "stopped: {vms}; cluster {cluster} has no live_migration",
        "not_across": "stopped: {vms}; cluster {cluster} may not reach across rooms (no `across`)",
        "storage_moves": "stopped: {vms}; their storage {storage} is stopped too",
        "no_dual_lay": "line {id} is not laid twice (dual_lay)",
        "read_as": "{written} is read as {read}",
        "zone_written": "a time without an offset is read in {zone}, the project's time_zone",
        "zone_usual": "a time without an offset is read in {zone}, which holds where no time_zone is written",
    },
}
"""The sentence of each fact by its key."""

KINDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        **TERMS,
        "hard": "ハード",
        "live": "ライブ",
        "start": "起動",
        "soft": "ソフト",
        "batch": "バッチ",
        "migrate": "ライブ移行",
        "switch_over": "切替",
        "renumber": "アドレス変更",
        "update": "参照の更新",
        "lower_ttl": "TTL短縮",
        "confirm": "本受入",
        "close": "閉鎖",
        "declared": "宣言",
        "runs_on": "実行する資産",
        "host": "ホスト",
        "power": "電源",
        "switch": "スイッチ",
        "gateway": "ゲートウェイ",
        "line_end": "回線の端",
    },
    "en": {
        "warm_up": "warm up",
        "switch_over": "switch over",
        "back_up": "back up",
        "lower_ttl": "lower TTL",
        "runs_on": "runs on",
        "line_end": "end of a line",
    },
}
"""Kinds of steps, kinds of needs and where needs come from."""

TRANSLATED = frozenset({"kind", "origin"})
WINDOW = {"ja": "窓の終わり", "en": "the end of the window"}
"""What bounds a check point where no system does."""


def said(fact: Fact, language: str) -> str:
    """The fact in words."""
    if fact.key == "zone":
        key = "zone_written" if fact.values["written"] else "zone_usual"
        return FACTS[language][key].format_map(fact.values)
    values = {name: kind(value, language) if name in TRANSLATED else value for name, value in fact.values.items()}
    if fact.values.get("bound") == "window":
        values["bound"] = WINDOW[language]
    return FACTS[language][fact.key].format_map(values)


def kind(word: str, language: str) -> str:
    """A kind of step or need in words."""
    return KINDS[language].get(word, word)
