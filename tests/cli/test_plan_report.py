"""What `planner plan` says at its end: a page for people, the same as data, and why there is no plan."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from planner.cli.console import Console
from planner.cli.entry import main
from planner.cli.plan_account import account, cut
from planner.cli.plan_report import end_of_plan, tell_refusal
from planner.cli.plan_words import HEADS, PROOFS, TERMS
from planner.errors.status import ExitStatus
from planner.model.policy import Severity
from planner.pipeline.load import load_inventory
from planner.pipeline.plan import Planned
from planner.pipeline.refusal import Written
from planner.plan.file import identity
from planner.plan.finding import Certificate, Finding, Verdict
from planner.plan.plan import Outage, Term
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.scheduling import bounds
from planner.units.span import Span
from tests.cli.small import SMALL, written
from tests.safety import weekend
from tests.safety.weekend import at

OBJECTIVE = (
    Term("service_minutes", 0, 0, "trivial", first=True),
    Term("outage_minutes", 80_000, 60_000, "budget"),
    Term("waves", 24_000, 24_000, "one"),
    Term("bridge_sum", 0, 0, "trivial"),
    Term("bridge_peak", 0, 0, "trivial"),
    Term("person_hours", 2_530, 300, "crew"),
    Term("end_day", 900, 800, "earliest"),
)


def finding(key: str, severity: Severity = Severity.WARNING, **more: object) -> Finding:
    return Finding("S17", severity, key, ("O1",), Span(at("9 08:00"), at("9 09:00")), **more)  # type: ignore[arg-type]


SET_ASIDE = (
    finding("s17.weight"),
    finding("s17.unknown", unknown=True),
    finding("s17.unknown", facts=("racks.O1",), unknown=True),
    finding("s17.floor", Severity.ERROR, pre_existing=True),
)
FAILURE = finding("s17.units", Severity.ERROR)


def planned(*findings: Finding, stopped: bool = False) -> Planned:
    """The weekend by hand, with a second outage, a measured objective and these findings."""
    plan = weekend.plan()
    second = Outage("web", Span(at("10 02:00"), at("10 02:15")), 12, 0)
    making = replace(plan.making, stopped=stopped)
    plan = replace(plan, outages=(*plan.outages, second), objective=OBJECTIVE, making=making)
    return Planned(plan, Verdict(findings, Certificate(plan.inventory_hash, 20, {"S01": 1200, "S17": 34}, (), {})))


def files(folder: Path) -> list[Path]:
    return [folder / "plan.json", *(folder / "runbooks" / f"wave {n}.html" for n in (1, 2, 3, 4, 5))]


def test_the_page_in_english() -> None:
    made = planned(*SET_ASIDE)
    lines = list(account(made, files(Path("out")), "en"))

    assert lines == [
        f"plan {identity(made.plan)}  weekend",
        "times are in Asia/Tokyo, lengths in hours:minutes",
        "",
        "wave  first step             last step ends         turns  steps  people",
        "w1    2027-01-09(Sat) 09:00  2027-01-10(Sun) 01:40      3     21       2",
        "",
        "service that is out  first at               no.  total  inside  longest",
        "reg reg              2027-01-09(Sat) 23:00    1   2:40    0:00     2:40",
        "web web              2027-01-10(Sun) 02:00    1   0:12    0:00     0:12",
        "",
        "judged by              plan  bound  unit          why the bound holds",
        "outage, service hours     0      0  min x weight  no plan has less",
        "outage, other hours     800    600  min x weight  no room in closed hours",
        "waves                     1      1  waves         no plan has less",
        "needs across bridge       0      0  needs x min   no plan has less",
        "most needs at once        0      0  needs         no plan has less",
        "work out of office     12.7    1.5  person-hours  the work of hands",
        "day of the last step      9      8  day           earliest possible end",
        "weighted sum 1,074; no plan is below 851: at most 223 (21%) too much",
        "",
        "verified: keeps the rules (1,234 checks)",
        "remarks: 1 warnings, 1 before the plan, 2 unknown values",
        "written: 6 in out",
        "  plan.json  runbooks/wave 1.html  runbooks/wave 2.html  runbooks/wave 3.html",
        "  runbooks/wave 4.html  runbooks/wave 5.html",
    ]


def test_the_page_in_japanese() -> None:
    lines = list(account(planned(), [Path("out/plan.json")], "ja"))

    assert lines[1:9] == [
        "時刻は Asia/Tokyo、長さは 時:分",
        "",
        "波  最初の作業            最後の作業            組  作業  人",
        "w1  2027-01-09(土) 09:00  2027-01-10(日) 01:40   3    21   2",
        "",
        "停止するサービス  最初の停止            回  合計  時間内  最長",
        "reg reg           2027-01-09(土) 23:00   1  2:40    0:00  2:40",
        "web web           2027-01-10(日) 02:00   1  0:12    0:00  0:12",
    ]
    assert lines[-4:] == [
        "",
        "検証: 規則を満たします (判定 1,234)",
        "書いたもの: out に 1",
        "  plan.json",
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_is_never_wider_than_80_columns(language: str) -> None:
    made = planned()
    systems = {
        id: replace(system, name="住民情報システム (新・旧) " * 4) for id, system in made.plan.inventory.systems.items()
    }
    long = replace(made, plan=replace(made.plan, inventory=replace(made.plan.inventory, systems=systems)))

    wide = [line for line in account(long, files(Path("out")), language) if cell_len(line) > 80]
    assert [line for line in wide if not line.startswith(("plan ", "計画 "))] == []


def test_a_name_that_is_too_wide_is_cut_between_characters() -> None:
    assert cut("住民記録", 8) == "住民記録"
    assert cut("住民記録システム", 9) == "住民記.."


def test_each_language_has_the_same_words() -> None:
    for words in (HEADS, TERMS, PROOFS):
        assert list(words["ja"]) == list(words["en"])


def test_every_proof_of_a_bound_has_words() -> None:
    proofs = re.findall(r"`(\w+)` \(", bounds.__doc__ or "")

    assert len(proofs) > 5
    assert set(proofs) <= set(PROOFS["en"])


def test_every_term_of_the_objective_has_words() -> None:
    assert set(bounds.TERMS) <= set(TERMS["en"])


@pytest.mark.parametrize(
    ("interrupted", "findings", "status"),
    [
        (False, (), ExitStatus.DONE),
        (True, (), ExitStatus.INTERRUPTED),
        (False, (FAILURE,), ExitStatus.UNSAFE),
        (True, (FAILURE,), ExitStatus.UNSAFE),
    ],
)
def test_the_status_follows_the_verdict_first(
    interrupted: bool, findings: tuple[Finding, ...], status: ExitStatus
) -> None:
    made = planned(*findings)

    assert (
        end_of_plan(Console(), made, files(Path("out")), Path("inv"), "ja", "text", interrupted=interrupted) == status
    )


def test_quiet_leaves_out_the_advice_and_keeps_the_page_and_the_warning(capsys: pytest.CaptureFixture[str]) -> None:
    made = planned(stopped=True)
    end_of_plan(Console(quiet=True), made, [Path("out/plan.json")], Path("inv"), "en", "text", interrupted=False)

    told, talk = capsys.readouterr()
    assert told.startswith("plan weekend-")
    assert talk == "warning: the search was stopped; this is the best plan so far\n"


def test_an_unsafe_plan_is_told_with_what_broke_and_without_praise(capsys: pytest.CaptureFixture[str]) -> None:
    made = planned(FAILURE, *SET_ASIDE)
    end_of_plan(Console(), made, [Path("out/plan.unsafe.json")], Path("inv"), "en", "text", interrupted=False)

    told, talk = capsys.readouterr()
    assert "keeps the rules" not in told
    assert talk.splitlines()[0] == "error: the plan that was made does not pass the verifier"
    assert talk.splitlines()[1].startswith("  S17 ")
    assert talk.splitlines()[-1].endswith(f"planner verify inv {Path('out/plan.unsafe.json')}")


def test_json_holds_the_same_as_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    end_of_plan(Console(), planned(*SET_ASIDE), [Path("out/plan.json")], Path("inv"), "en", "json", interrupted=False)

    told = json.loads(capsys.readouterr().out)
    assert (told["result"], told["safe"]) == ("complete", True)
    assert told["waves"] == [
        {
            "id": "w1",
            "window": "weekend/2027-01-09",
            "start": "2027-01-09T09:00+09:00",
            "end": "2027-01-10T01:40+09:00",
            "turns": 3,
            "steps": 21,
            "people": 2,
        }
    ]
    assert told["outages"][0] == {
        "system": "reg",
        "start": "2027-01-09T23:00+09:00",
        "end": "2027-01-10T01:40+09:00",
        "minutes": 160,
        "inside_service_hours": 0,
    }
    assert told["objective"][1] == {
        "id": "outage_minutes",
        "value": 80_000,
        "bound": 60_000,
        "proof": "budget",
        "gap": 20_000,
    }
    assert told["remarks"] == {"warning": 1, "pre_existing": 1, "unknown": 2}
    assert told["findings"][0]["start"] == "2027-01-09T08:00+09:00"
    assert told["files"] == [str(Path("out/plan.json"))]


REFUSAL = Refusal(
    RefusalKind.NOT_FOUND, (Reason("no_people_for_turn", ("db1",), {"window": "saturday"}, ("assets.db1.height",)),)
)
WRITTEN = Written(Path("out/refusal.json"))


def test_a_refusal_names_the_place_of_each_fact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    provenance = load_inventory(written(tmp_path / "inventory")).provenance
    tell_refusal(Console(), REFUSAL, provenance, "en", "text", WRITTEN, Path("my-move"))

    told, talk = capsys.readouterr()
    assert told == ""
    assert talk.splitlines()[0] == "error: no plan: none was found within the limit of the search"
    assert re.search(r"^    --> .*all\.yaml:7:\d+$", talk, re.MULTILINE)


def test_a_reason_without_facts_names_the_records_of_its_subjects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    provenance = load_inventory(written(tmp_path / "inventory")).provenance
    reason = Reason("job_finds_no_window", ("db1", "jumin"), {"affected": "jumin", "longest": "60"})
    tell_refusal(Console(), Refusal(RefusalKind.NO_PATH, (reason,)), provenance, "en", "text", WRITTEN, Path("my-move"))

    places = re.findall(r"^    --> .*all\.yaml:(\d+):\d+$", capsys.readouterr().err, re.MULTILINE)
    assert places == ["7", "8"]


def test_a_search_that_was_stopped_before_a_plan_says_only_that(capsys: pytest.CaptureFixture[str]) -> None:
    tell_refusal(Console(), REFUSAL, {}, "en", "json", None, Path("my-move"))

    told, talk = capsys.readouterr()
    assert json.loads(told)["result"] == "stopped"
    assert talk == "error: no plan: the search was stopped before there was a first one\n"


def test_facts_that_no_plan_mends_end_with_4_and_all_their_places_before_a_plan_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SMALL.replace("to: N1/10", "to: N1/21, application: {filed: 2026-08-01}")
    folder, out = written(tmp_path / "inventory", text), tmp_path / "out"
    assert main(["plan", str(folder), "-o", str(out), "--lang", "en", "--quiet"]) == ExitStatus.NO_PLAN

    place = (folder / "all.yaml").as_posix()
    assert capsys.readouterr().err.splitlines()[:8] == [
        f"error: {HEADS['en']['impossible']}",
        "  the application for ad1 (with: -) is not accepted on 2026-09-01, so nobody may",
        "  touch ad1",
        f"    --> {place}:6:72",
        f"    --> {place}:2:43",
        "  ad1 and db1 are both to stand in unit 21 of rack N1",
        f"    --> {place}:6:44",
        f"    --> {place}:7:50",
    ]
    assert [path.name for path in out.iterdir()] == ["refusal.json"]
