"""Random small clusters that might move or be replaced host by host."""

from random import Random

HEAD = """\
version: 1
project: {id: t, name: t, as_of: 2026-09-01, horizon: {from: 2026-10-01, last_day: 2026-11-30}}
rooms: [{id: old, name: old, kind: server_room}, {id: new, name: new, kind: server_room}]
racks: [{id: O1, room: old}, {id: N1, room: new}, {id: N2, room: new}]
tiers: [{id: A, name: A}]
teams: [{id: ict, name: ict, own: true, people: 5}]
policy: {decider: ict/1, deputy: ict/2, criteria: [nothing is on fire],
  severity: {S05: {as: warning, reason: there are few racks}}}
calendar:
  hours: {office: weekdays 08:30-17:15, daily: every day 06:30-23:00}
  windows: [{id: sat, days: saturday, start: "08:00", end: "20:00"}]
  blackouts: [{tag: me, why: month end, days: [last 2 opening days]}]
"""


def rolling_estate(seed: int) -> str:
    """One inventory, the same for the same seed."""
    return _Draw(Random(seed)).written()


class _Draw:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.hosts = [f"h{n}" for n in range(random.randint(2, 4))]
        self.vms = [f"v{n}" for n in range(random.randint(2, 7))]
        self.replaced = random.random() < 0.25

    def written(self) -> str:
        parts = (self._links(), self._servers(), self._storage(), self._vms(), self._network(), self._systems())
        return HEAD + "".join(parts)

    def _links(self) -> str:
        mbps, bridge = self.random.choice((500, 1000, 10000)), self.random.choice(("true", "false"))
        ends = f"bridge: {bridge}, mbps: {mbps}"
        return f"links: [{{id: fibre, between: [old, new], {ends}}}]\n" if self._happens(0.9) else ""

    def _servers(self) -> str:
        memory = self.random.choice((64, 96, 128))
        lines = [self._host(n, id, memory) for n, id in enumerate(self.hosts)]
        new = [f"  - {{id: new{n}, kind: hypervisor, to: N2/{10 + n}, memory_gb: 96}}\n" for n in range(self._new())]
        return "servers:\n" + "".join(lines + new)

    def _new(self) -> int:
        return 2 if self.replaced else 0

    def _host(self, n: int, id: str, memory: int) -> str:
        retires = self.replaced and self._happens(0.7)
        change = ", retire: true" if retires else self.random.choice((f", to: N1/{10 + n}", f", to: N1/{10 + n}", ""))
        return f"  - {{id: {id}, kind: hypervisor, at: O1/{10 + n}, memory_gb: {memory}{change}}}\n"

    def _storage(self) -> str:
        hosts = ", ".join((*self.hosts, *(f"new{n}" for n in range(self._new()))))
        across = self.random.choice(("true", "true", "true", "false"))
        facts = f"hosts: [{hosts}], live_migration: true, across: {across}"
        if self._happens(0.3):
            return f"clusters: [{{id: c, {facts}}}]\n"
        target = ", to: N1/30" if self._happens(0.3) else ""
        mbps = self.random.choice(("", ", storage_mbps: 100", ", storage_mbps: 300"))
        storage = f"storage: [{{id: san, name: san, at: O1/30, u: 2{target}}}]\n"
        return f"{storage}clusters: [{{id: c, {facts}, storage: san{mbps}}}]\n"

    def _vms(self) -> str:
        on = {id: self.random.choice(self.hosts) for id in self.vms}
        return "vms:\n" + "".join(self._vm(n, id, on) for n, id in enumerate(self.vms))

    def _vm(self, n: int, id: str, on: dict[str, str]) -> str:
        memory = f", memory_gb: {self.random.choice((8, 16, 24))}" if self._happens(0.95) else ""
        others = [other for other in self.vms[:n] if on[other] != on[id]]
        apart = f", apart_from: [{self.random.choice(others)}]" if others and self._happens(0.15) else ""
        needs = f", needs: [{self.random.choice(self.vms[:n])}]" if n and self._happens(0.2) else ""
        load = f", migrate_mbps: {self.random.choice((200, 400, 2000))}" if self._happens(0.5) else ""
        rest = ", segments: [seg]" + self.random.choice(("", "", ", blackouts: [me]"))
        return f"  - {{id: {id}, cluster: c, host: {on[id]}{memory}{apart}{needs}{load}{rest}}}\n"

    def _network(self) -> str:
        stretch = self.random.choice(("true", "true", "true", "true", "false"))
        switches = "network:\n  - {id: swo, kind: switch, at: O1/40}\n  - {id: swn, kind: switch, at: N1/40}\n"
        return f"segments: [{{id: seg, tier: A, stretch: {stretch}}}]\n{switches}"

    def _systems(self) -> str:
        pair = self.random.sample(self.vms, 2)
        group = f"groups: [{{id: g, at_least: 1, of: [{', '.join(pair)}]}}]\n"
        free = [id for id in self.vms if id not in pair]
        return group + "systems:\n" + "".join(self._system(f"y{n}", on) for n, on in enumerate(("g", *free)))

    def _system(self, id: str, on: str) -> str:
        hours, budget = self.random.choice((("office", "2h"), ("office", "2h"), ("daily", "0m"), ("office", "0m")))
        need = ", needs: [{live: v0, mbps: 300}]" if self._happens(0.2) else ""
        facts = f"criticality: {self.random.choice('SABC')}, hours: {hours}, runs_on: {on}, budget: {budget}{need}"
        return f"  - {{id: {id}, name: {id}, {facts}}}\n"

    def _happens(self, share: float) -> bool:
        return self.random.random() < share
