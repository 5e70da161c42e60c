"""Random small inventories in which servers take over the roles of others, with systems that lean on those roles."""

from random import Random

HEAD = """\
version: 1
project: {{id: t, name: t, as_of: 2026-09-01, horizon: {{from: 2026-10-01, last_day: 2026-11-30}}}}
rooms: [{{id: old, name: old, kind: server_room}}, {{id: new, name: new, kind: server_room}}]
racks: [{{id: O1, room: old}}, {{id: N1, room: new}}]
links: [{{id: fibre, between: [old, new], gbps: 10}}]
teams: [{{id: ict, name: ict, own: true, people: {people}}}]
policy: {{decider: ict/1, deputy: ict/2, criteria: [nothing is on fire],
  severity: {{S05: {{as: warning, reason: there are few racks}}}}}}
calendar:
  hours: {{office: weekdays 08:30-17:15, daily: every day 06:30-23:00}}
  windows: [{{id: sat, days: saturday, start: "08:00", end: "20:00"}}]
  blackouts: [{{tag: q, why: q, days: [{q}]}}, {{tag: p, why: p, days: [{p}]}}]
"""
SATURDAYS = ("2026-10-03", "2026-10-10", "2026-10-17", "2026-10-24", "2026-10-31", "2026-11-07")


def role_estate(seed: int) -> str:
    """One inventory, the same for the same seed."""
    return _Draw(Random(seed)).written()


class _Draw:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: list[str] = []
        self.heirs: list[str] = []

    def written(self) -> str:
        random = self.random
        servers = "".join(self._server(n) for n in range(random.randint(1, 3)))
        systems = "".join(self._system(n) for n in range(random.randint(1, 3)))
        head = HEAD.format(people=random.randint(2, 6), q=self._days(), p=self._days())
        return f"{head}servers:\n{servers}systems:\n{systems}"

    def _server(self, n: int) -> str:
        random, id = self.random, f"s{n}"
        need = f", needs: [{random.choice(self.names)}]" if self.names and random.random() < 0.5 else ""
        self.names.append(id)
        if random.random() < 0.3:
            return f"  - {{id: {id}, at: O1/{10 + 2 * n}, to: N1/{10 + 2 * n}{need}{self._blackouts()}}}\n"
        end = random.choice((", retire: true", ", retire: true", ""))
        minutes = random.choice(("20m", "40m"))
        heir = f"{{id: t{n}, to: N1/{20 + 2 * n}, replaces: {id}, steps: {{switch_over: {minutes}}}"
        old = f"  - {{id: {id}, at: O1/{10 + 2 * n}{end}{need}{self._blackouts()}}}\n"
        self.heirs.append(f"t{n}")
        return f"{old}  - {heir}{need}{self._blackouts()}}}\n"

    def _system(self, n: int) -> str:
        random = self.random
        pair = random.sample([*self.names, *self.heirs], 2) if len(self.names) > 1 and random.random() < 0.3 else ()
        members = f"{{at_least: 1, of: [{', '.join(pair)}]}}" if set(pair) & set(self.names) else None
        facts = f"runs_on: {members or random.choice(self.names)}, hours: {random.choice(('office', 'daily'))}"
        if random.random() < 0.5:
            named = random.choice([*self.names, *(f"y{m}" for m in range(n))])
            facts += f", needs: [{{{random.choice(('hard', 'live'))}: {named}}}]"
        facts += random.choice(("", ", accept_is_check_point: true"))
        budget = random.choice(("0m", "4h"))
        return f"  - {{id: y{n}, name: y, criticality: B, {facts}{self._blackouts()}, budget: {budget}}}\n"

    def _blackouts(self) -> str:
        return self.random.choice(("", "", ", blackouts: [q]", ", blackouts: [p]"))

    def _days(self) -> str:
        return ", ".join(sorted(self.random.sample(SATURDAYS, self.random.randint(1, 4))))
