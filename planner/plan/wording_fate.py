"""What the findings of S05, S08, S19 and S23 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

Sentences = Mapping[str, Mapping[str, str]]

SHARED_FATE: Sentences = {
    "s05.void": {
        "ja": "{kind} {element} が失われると {members} が同時に止まり、冗長になりません (必要とするもの: {dependents})",
        "en": "losing {kind} {element} takes {members} away together; the redundancy is void for {dependents}",
        "cure_ja": "片方を別のラック・UPS・回路・ストレージ・ルータに分けるか、理由を書いて免除してください",
        "cure_en": "put one of them on another rack, UPS, circuit, storage, host or router, or waive it in writing",
    },
    "s05.trip": {
        "ja": "{members} を一度の搬送で運ぶため、事故があると {dependents} の冗長がなくなります",
        "en": "{members} travel on one trip; an accident leaves {dependents} without its redundancy",
        "cure_ja": "別の便に分けてください",
        "cure_en": "carry them on different trips",
    },
    "s05.unknown": {
        "ja": "{what} が分からないため、同時に止まるかどうか調べられません",
        "en": "{what} is not known, so nobody can say what fails together",
        "cure_ja": "インベントリに値を書いてください",
        "cure_en": "write the value into the inventory",
    },
}

TIERS: Sentences = {
    "s08.forwards": {
        "ja": "{device} が {one} と {other} の間を中継しますが、許可された通信として定めていません",
        "en": "{device} forwards between {one} and {other}, which no declared permission allows",
        "cure_ja": "別の機器に分けるか、特定通信として permissions に書いてください",
        "cure_en": "use devices of their own, or declare the traffic under permissions",
    },
    "s08.side_door": {
        "ja": "{device} は {one} と {other} の両方に足があり、系統間の抜け道になります",
        "en": "{device} has a leg in {one} and in {other} and is a path between them",
        "cure_ja": "系統ごとに分けるか、permissions の through に書くか、理由を書いて免除してください",
        "cure_en": "give each tier its own, name it in a permission's `through`, or waive it in writing",
    },
    "s08.not_physical": {
        "ja": "{one} と {other} は物理的に分けると定めていますが、{device} は両方を通します",
        "en": "{one} and {other} have to be separated physically, and {device} carries both",
        "cure_ja": "機器・回線を系統ごとに分けてください",
        "cure_en": "use devices and links of their own",
    },
    "s08.one_vlan": {
        "ja": "{device} の上で {one} と {other} の VLAN 番号が同じなので、系統が分かれません",
        "en": "{one} and {other} have one VLAN number on {device}, so that their tiers are not apart",
        "cure_ja": "別の VLAN 番号にしてください",
        "cure_en": "give them different VLAN numbers",
    },
    "s08.link_unknown": {
        "ja": "{device} は {tiers} を通しますが、どう分けているか分かりません",
        "en": "{device} carries {tiers}, and how it keeps them apart is not known",
        "cure_ja": "separated に physical か logical を書いてください",
        "cure_en": "write `separated: physical` or `separated: logical`",
    },
    "s08.unknown": {
        "ja": "{one} と {other} をどう分けるか (物理・論理) 定めていません",
        "en": "nothing says how {one} and {other} have to be separated",
        "cure_ja": "separation に physical か logical を書いてください",
        "cure_en": "write the pair under separation, with `by: physical` or `by: logical`",
    },
}

BLAST_RADIUS: Sentences = {
    "s19.too_many": {
        "ja": "{wave} で重要度 S のシステム {found} 件に触れます (上限 {limit} 件)",
        "en": "{wave} touches {found} systems of criticality S (at most {limit})",
        "cure_ja": "回を分けるか、上限を見直してください",
        "cure_en": "spread them over more waves, or raise the cap",
    },
    "s19.cap_unknown": {
        "ja": "{wave} で重要度 S のシステム {found} 件に触れますが、上限を定めていません",
        "en": "{wave} touches {found} systems of criticality S, and no cap is decided",
        "cure_ja": "policy に critical_per_wave を書いてください",
        "cure_en": "write critical_per_wave under policy",
    },
    "s19.with_original": {
        "ja": "{keeper} が {original} と同時に動くため ({wave})、その間は動かない所に複製がありません",
        "en": "{keeper} moves together with {original} ({wave}), and no other copy of its data stands still",
        "cure_ja": "別の時に移すか、動かない場所に複製を置いてください",
        "cure_en": "move them one after the other, or keep a copy in a place that does not move",
    },
    "s19.keeper_unknown": {
        "ja": "{original} のバックアップをどの機器が持つか分かりません",
        "en": "nothing says who keeps the backups of {original}",
        "cure_ja": "バックアップサーバの backs_up に書いてください",
        "cure_en": "name it under backs_up of the backup server",
    },
    "s19.watcher_moves": {
        "ja": "監視 {watcher} は {wave} を見ているのに、その中で動きます (見えなくなる: {moved})",
        "en": "{watcher} watches {wave} and moves in it; nobody else watches {moved}",
        "cure_ja": "別の回に移すか (not_before・last_day)、もう一つの監視を置いてください",
        "cure_en": "move it in a wave of its own (not_before, last_day), or let another one watch",
    },
    "s19.watcher_unknown": {
        "ja": "{subjects}: どの機器が作業中の監視をするか分かりません",
        "en": "{subjects}: nothing says what monitors the waves",
        "cure_ja": "監視サーバに watches を書いてください",
        "cure_en": "write watches on the monitoring server",
    },
}

STOP_POINTS: Sentences = {
    "s23.unavailable": {
        "ja": "{stop} で止めると、{until} までもたず {system} が使えません",
        "en": "if the project stops at {stop}, {system} is not available in the state that has to last until {until}",
        "cure_ja": "その前後の作業を一つの回にまとめるか、状態がもつ順序にしてください",
        "cure_en": "keep what belongs together in one wave or turn, or change the order",
    },
    "s23.state": {
        "ja": "{stop} で止めると {until} までもちません ({rule}): {inner}",
        "en": "if the project stops at {stop}, the state does not last until {until} ({rule}): {inner}",
        "cure_ja": "次の回を早めるか、期限を延ばすか、理由を書いて免除してください",
        "cure_en": "hold the next wave earlier, extend what ends, or waive it in writing",
    },
}

LASTING: Sentences = {**SHARED_FATE, **TIERS, **BLAST_RADIUS, **STOP_POINTS}
"""All of them by key; ``cure_ja`` and ``cure_en`` say what would repair it."""
