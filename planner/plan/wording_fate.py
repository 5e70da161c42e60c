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

LASTING: Sentences = {**SHARED_FATE, **TIERS}
"""All of them by key; ``cure_ja`` and ``cure_en`` say what would repair it."""
