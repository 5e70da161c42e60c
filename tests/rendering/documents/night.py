"""A small night by hand: one server moves; every kind of row stands in its papers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from planner.model.asset import Work
from planner.model.inventory import Department, Inventory
from planner.model.people import Contact, Person, Team
from planner.model.policy import Policy, Severity, Waiver
from planner.plan.finding import Certificate, Finding, Verdict
from planner.plan.plan import GIVEN_UP, Decision, Outage, Plan, Term
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Gate, Turn, Wave
from planner.plan.way_back import WayBack
from planner.rendering.catalogue import CATALOGUE, DOCUMENTS, FORMATS
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.engine import Engine
from planner.rendering.documents.issue import Issue
from planner.rendering.documents.words import read_words
from planner.resources import templates_folder
from planner.units.duration import Duration
from planner.units.span import Span
from tests.rendering.estate import DAY, FIRST, Method, Position, StepKind, box, estate, plan_of, service

SHIPPED = Engine((templates_folder(),))
PAPERS = ("summary", "runbook", "rollback")
EVENING = FIRST + DAY + 20 * 60
"""20:00 on the evening of the move."""
TEAM = Team("ict", "ICT推進室", (Person("ict/1", "室長"), Person("ict/2", "係員")), own=True, contact="duty")
CONTACTS = {
    "duty": Contact("duty", "当直", "現地責任者", "内線 2601"),
    "cio": Contact("cio", "副市長 汐見太郎", "決裁者", "090-0000-0001", confidential=True),
}
OLD, NEW = Position("old", "R1", 3), Position("new", "N1", 7)
PEOPLE = {"people": ("ict/1",), "witness": "ict/2"}


def town(**facts: object) -> Inventory:
    """A server that carries a system, with a text of its own for one step."""
    stop = Work(Duration(10, 10, 10), action="`shutdown -h 0` を実行する", expected="プロンプトが消える")
    server = box("db", 3, method=Method.CARRY, height=2, works={StepKind.STOP: stop})
    system = service("jumin", "db", department="shimin", users=40, fallback="手書き受付")
    known = {
        "teams": {"ict": TEAM},
        "contacts": CONTACTS,
        "departments": {"shimin": Department("shimin", "市民課")},
        "policy": Policy(waivers=(Waiver("S09", frozenset({"db"}), "仮設の間だけ", "室長"),)),
    }
    return estate(server, system, **{**known, **facts})


def step(number: int, kind: StepKind, subject: str, start: int, end: int, **facts: object) -> Step:
    return replace(Step(f"W1-{number:03}", kind, (subject,), EVENING + start, EVENING + end), **{**PEOPLE, **facts})


STEPS = (
    step(1, StepKind.STOP, "jumin", 0, 10),
    step(2, StepKind.STOP, "db", 10, 20),
    step(3, StepKind.UNMOUNT, "db", 20, 40),
    step(4, StepKind.CARRY, "db", 40, 100, to={"db": NEW}),
    step(5, StepKind.MOUNT, "db", 100, 130, to={"db": NEW}),
    step(6, StepKind.START, "db", 130, 140, witness=None),
    step(7, StepKind.CHECK, "db", 140, 170),
    step(8, StepKind.START, "jumin", 170, 180, people=(), witness=None),
    step(9, StepKind.ACCEPT, "jumin", 230, 250, provisional=True),
)


def undo(kind: StepKind, subject: str, offset: int, minutes: int, **facts: object) -> RollbackStep:
    return replace(RollbackStep(kind, (subject,), offset, minutes), **{**PEOPLE, **facts})


BACK = (
    undo(StepKind.UNMOUNT, "db", 0, 20),
    undo(StepKind.CARRY, "db", 20, 60, to={"db": OLD}),
    undo(StepKind.MOUNT, "db", 80, 30, to={"db": OLD}),
    undo(StepKind.START, "db", 110, 10),
)
POINTS = (
    CheckPoint("W1-C1", ("W1-002",), EVENING + 20, minutes=10, deadline=EVENING + 400, bound_by="jumin",
               rollback=(replace(BACK[3], offset=0),)),
    CheckPoint("W1-C2", ("W1-007",), EVENING + 170, minutes=120, deadline=EVENING + 450, bound_by="window",
               rollback=BACK),
    CheckPoint("W1-C3", ("W1-009",), EVENING + 250, final=True),
)  # fmt: skip
WAYS_BACK = {
    "W1-C1": WayBack(EVENING + 440, "jumin", {"jumin": Span(EVENING + 20, EVENING + 30)}),
    "W1-C2": WayBack(EVENING + 600, "window", {"jumin": Span(EVENING + 170, EVENING + 290)}),
}
"""What turning back comes to at the check points."""
GATE = Gate("W1-G1", EVENING, "W1-001", "ict/1", "cio", ("バックアップを検証した", "警報が出ていない"))
WAVE = Wave(
    "W1", "new-year", Span(EVENING, EVENING + 600), (Turn("W1-T1", ("db",), EVENING, EVENING + 250),), STEPS,
    check_points=POINTS, gates=(GATE,), point_of_no_return="W1-004", fallback="翌週の土曜", fallback_minutes=300,
)  # fmt: skip


def night(inventory: Inventory | None = None, **facts: object) -> Plan:
    """The plan of the town's one night."""
    found = inventory or town()
    backup = step(0, StepKind.BACK_UP, "db", -300, -240)
    known = {
        "preparation": (backup,),
        "waves": (WAVE,),
        "outages": (Outage("jumin", Span(EVENING, EVENING + 255), 250, 15),),
        "placements": {"db": NEW},
        "objective": (
            Term("service_minutes", 1500, 0, "trivial", first=True),
            Term("outage_minutes", 100_000, 80_050, "essential"),
        ),
        "decisions": (Decision("db", "stay", GIVEN_UP, {"day": "2027-03-01"}),),
    }
    return plan_of(found, **{**known, **facts})


VERDICT = Verdict(
    (
        Finding("S17", Severity.WARNING, "s17.floor_load", ("R1", "old"), values={"found": "655", "limit": "500"}),
        Finding("S17", Severity.ERROR, "s17.circuit", ("c1", "old"), values={"found": "9", "limit": "8"},
                pre_existing=True),
    ),
    Certificate("sha256:0", 1234, {"S01": 12642, "S17": 20}, ("S05", "S08"), {"S01": "error", "S17": "warning"}),
)  # fmt: skip


def issue(
    language: str = "ja",
    plan: Plan | None = None,
    *,
    templates: Path | None = None,
    formats: Iterable[str] = FORMATS,
    only: Iterable[str] = DOCUMENTS,
    back: Mapping[str, WayBack] = WAYS_BACK,
) -> Issue:
    folders = (*([templates] if templates else []), templates_folder())
    words = read_words(language, reversed(folders))
    edition = Edition("p-12345678", plan or night(), VERDICT, words, back)
    return Issue(edition, Engine(folders) if templates else SHIPPED, frozenset(formats), frozenset(only))


def made(asked: Issue) -> dict[str, str]:
    """The papers of an issue by their names."""
    documents = (document for document in CATALOGUE if document.id in asked.documents)
    return {file.name: file.content.decode() for document in documents for file in document.make(asked)}


@cache
def papers(language: str = "ja") -> dict[str, str]:
    """All Markdown and HTML papers of the night, by their names."""
    return made(issue(language, formats=("md", "html"), only=PAPERS))


def papers_of(plan: Plan) -> dict[str, str]:
    """All Markdown and HTML papers of another plan."""
    return made(issue(plan=plan, formats=("md", "html"), only=PAPERS))


def rollback_of(plan: Plan, back: Mapping[str, WayBack], language: str = "en") -> dict[str, str]:
    """The rollback papers of another plan."""
    return made(issue(language, plan, formats=("md", "html"), only=("rollback",), back=back))


def runbooks(templates: Path | None = None) -> dict[str, str]:
    """The runbooks by the templates of the office, or by the shipped ones, without any other paper."""
    return made(issue(templates=templates, formats=("md", "html"), only=("runbook",)))


__all__ = [
    "BACK", "CONTACTS", "EVENING", "GATE", "POINTS", "STEPS", "VERDICT", "WAVE", "WAYS_BACK", "issue", "made", "night",
    "papers", "papers_of", "replace", "rollback_of", "runbooks", "town", "undo",
]  # fmt: skip
