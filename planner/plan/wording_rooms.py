"""What the findings of S17 say; placeholders come from `Finding.values`."""

from collections.abc import Mapping

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
