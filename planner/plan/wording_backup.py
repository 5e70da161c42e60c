"""What the findings of S10 and S11 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "s10.not_updated": {
        "ja": "{asset} のアドレスを変えた後、{holder} の「{what}」を直す作業がありません",
        "en": 'no step updates "{what}" in {holder} after the address of {asset} has changed',
        "cure_ja": "アドレス変更の後に更新作業を入れてください",
        "cure_en": "add the step that updates it after the change",
    },
    "s10.need_unknown": {
        "ja": "{holder} には {asset} のアドレスが書かれていますが、needs に {asset} がなく、影響が分かりません",
        "en": "the address of {asset} stands in {holder}, which does not need {asset} by name: what fails is not known",
        "cure_ja": "{holder} かその上のシステムの needs に {asset} を書いてください",
        "cure_en": "name {asset} in the needs of {holder} or of a system on it",
    },
    "s10.ttl_missing": {
        "ja": "{asset} のアドレスを変える前に DNS の TTL を下げていません",
        "en": "the DNS time to live of {asset} is not lowered before its address changes",
        "cure_ja": "変更の {minutes} 分以上前に TTL を下げてください",
        "cure_en": "lower it at least {minutes} minutes before the change",
    },
    "s10.ttl_late": {
        "ja": "{asset} の TTL を下げるのが変更の {found} 分前です。元の TTL {minutes} 分より前でなければなりません",
        "en": "the time to live of {asset} is lowered {found} minutes before the change, not the old {minutes}",
        "cure_ja": "TTL を下げる作業を早めてください",
        "cure_en": "lower it earlier",
    },
    "s10.ttl_unknown": {
        "ja": "アドレスが変わる {asset} の DNS の TTL が不明です",
        "en": "the address of {asset} changes and its DNS time to live is not known",
        "cure_ja": "old_ttl を書いてください (DNS に載っていなければ 0m)",
        "cure_en": "write old_ttl (0m if no name in the DNS leads to it)",
    },
}

BACKUP: Mapping[str, Mapping[str, str]] = {
    "s11.no_backup": {
        "ja": "データを持つ {asset} を動かすのに、バックアップが定められていません",
        "en": "{asset} holds data and moves, and no backup of it is declared",
        "cure_ja": "backup を書くか、データを持たないなら stateful: false としてください",
        "cure_en": "write its backup, or stateful: false if it holds no data",
    },
    "s11.not_backed_up": {
        "ja": "{asset} を動かす前にバックアップを取っていません",
        "en": "{asset} moves without a backup before",
        "cure_ja": "移動の前にバックアップの作業を入れてください",
        "cure_en": "back it up before it moves",
    },
    "s11.not_finished": {
        "ja": "{asset} のバックアップが終わらないうちに動かし始めます",
        "en": "{asset} begins to move before its backup has finished",
        "cure_ja": "バックアップを早めるか、移動を遅らせてください",
        "cure_en": "back it up earlier, or move it later",
    },
    "s11.too_old": {
        "ja": "{asset} を動かす時、バックアップは {found} (時:分) 前のもので、上限 {limit} を超えます",
        "en": "the backup of {asset} is {found} (hours:minutes) old when it moves, the limit is {limit}",
        "cure_ja": "移動の直前にバックアップを取り直してください",
        "cure_en": "back it up again shortly before",
    },
    "s11.not_verified": {
        "ja": "{asset} のバックアップを、動かす前に読み出して検証していません",
        "en": "the backup of {asset} is not read back before it moves",
        "cure_ja": "バックアップの後、移動の前に検証の作業を入れてください",
        "cure_en": "verify it between the backup and the move",
    },
    "s11.verification_unknown": {
        "ja": "{asset} のバックアップをどう検証するか不明です",
        "en": "how the backup of {asset} is read back is not known",
        "cure_ja": "backup の steps に verify の所要を書いてください",
        "cure_en": "write the duration of verify in the steps of its backup",
    },
    "s11.backed_up_while_off": {
        "ja": "{asset} は停止中にバックアップされています (作業 {step})",
        "en": "{asset} is not up throughout its backup (step {step})",
        "cure_ja": "稼働している間にバックアップしてください",
        "cure_en": "back it up while it is up",
    },
    "s11.restore_test": {
        "ja": "{asset} の復元試験 ({tested}) は移動の {days} 日前です。{limit} 日以内でなければなりません",
        "en": "the restore of {asset} is tested on {tested}, {days} days before it moves; at most {limit} are allowed",
        "cure_ja": "移動の前に復元試験をし直してください",
        "cure_en": "test the restore again before the move",
    },
    "s11.restore_unknown": {
        "ja": "{asset} の復元手順をいつ試験したか不明です",
        "en": "when the restore of {asset} was tested is not known",
        "cure_ja": "復元試験をして restore_tested に日付を書いてください",
        "cure_en": "test it and write the date as restore_tested",
    },
    "s11.copies_unknown": {
        "ja": "{asset} のバックアップの写しの置き場所が不明です",
        "en": "where a copy of the backup of {asset} lies is not known",
        "cure_ja": "copies に別の部屋か保管庫を書いてください",
        "cure_en": "name another room or a vault as copies",
    },
    "s11.undeclared_place": {
        "ja": "{asset} の写しの置き場所 {place} がインベントリにありません",
        "en": "a copy of {asset} lies in {place}, which the inventory does not know",
        "cure_ja": "部屋か資産として書いてください (保管庫は kind: vault の部屋)",
        "cure_en": "declare it as a room or an asset (a vault is a room of kind vault)",
    },
    "s11.copy_beside": {
        "ja": "{asset} の移動中、写し ({copies}) が同じ部屋にあるか、一緒に運ばれています",
        "en": "while {asset} moves, its copies ({copies}) lie in the same room or are on the way too",
        "cure_ja": "写しを別の場所 (保管庫など) に置いてください",
        "cure_en": "keep a copy in another place, such as a vault",
    },
}
