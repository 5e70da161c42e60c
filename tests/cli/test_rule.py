import json

import pytest
from click.shell_completion import ShellComplete

from planner.cli.entry import main
from planner.cli.group import planner_group
from planner.errors.status import ExitStatus
from planner.errors.text import columns
from planner.resources.rule_page import LANGUAGES, RULE_IDS, rule_page

PAGE_OF_S12 = """\
S12  windows and blackouts

  Steps that stop, move, disconnect or take away redundancy lie inside a window
  and outside every blackout of the asset, its systems, and every system whose
  availability they affect. Preparatory steps (backup, TTL, laying a line,
  racking an empty rack) are bound by S15, S18 and explicit freezes only. Waves
  that are decided already (pins) are on their days.

Why
  Month end, the assembly, elections: the days that must not be touched differ
  by service, and one server room has them all. Work that runs ten minutes over
  its window meets those who open the office.

An example that keeps it
  The move begins an hour before the window closes at 20:00, and takes one.

  inventory:
    servers: [{id: web1, at: old, to: new}]

  plan (of 2027; a step takes ten minutes unless told otherwise):
    01-09 08:00-01-11 20:00 wave weekend/2027-01-09
    01-11 19:00 move web1 -> new

  The verifier has no finding of S12.

An example that breaks it
  It begins half an hour later and ends outside the window.

  changed in the plan:
    - 01-11 19:00 move web1 -> new
    + 01-11 19:30 move web1 -> new

  The verifier says:
"""


def test_a_page_shows_sentence_reason_both_examples_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "S12", "--lang", "en"]) == ExitStatus.DONE

    page, _, remedy = capsys.readouterr().out.partition("\nWhat to do\n")
    assert page.startswith(PAGE_OF_S12)
    assert "S12 [2027-01-11T20:00+09:00 .. 2027-01-11T20:10+09:00]" in page[len(PAGE_OF_S12) :]
    assert remedy == (
        "  Move the step into a window and out of the blackouts; `planner calendar\n"
        "  INVENTORY --subject ID` lists the windows that are usable, and why the others\n"
        "  are not.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", RULE_IDS)
def test_every_page_is_80_columns_wide(id: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", id, "--lang", language]) == ExitStatus.DONE

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{id}  {rule_page(id).name[language]}"
    assert [line for line in lines if columns(line) > 80] == []


def test_without_a_rule_all_are_listed_with_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--lang", "en"]) == ExitStatus.DONE

    assert capsys.readouterr().out.splitlines() == [f"{id}  {rule_page(id).name['en']}" for id in RULE_IDS]


def test_the_page_as_data_has_the_findings_on_both_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "S01", "--format", "json", "--lang", "en"]) == ExitStatus.DONE

    page = json.loads(capsys.readouterr().out)
    assert page["sentence"] == rule_page("S01").sentence["en"]
    assert page["passes"]["findings"] == []
    assert page["changes"] == [{"part": "plan", "old": "08:50-10:20 outage", "new": "08:50-10:00 outage"}]
    (finding,) = page["breaks"]["findings"]
    assert finding["message"] == "jumin is not available for 20 minutes that no declared outage covers"
    assert (finding["start"], finding["end"]) == ("2027-01-09T10:00+09:00", "2027-01-09T10:20+09:00")


def test_the_list_as_data_names_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--format", "json"]) == ExitStatus.DONE

    assert [rule["id"] for rule in json.loads(capsys.readouterr().out)] == list(RULE_IDS)


@pytest.mark.parametrize("written", ["s07", "S7", "s7"])
def test_an_id_may_be_written_small_and_without_its_zero(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", written]) == ExitStatus.DONE

    assert capsys.readouterr().out.startswith("S07 ")


@pytest.mark.parametrize(
    ("written", "said"),
    [("S32", "Did you mean 'S23'?"), ("S007", "S07"), ("bridge", "There are S01 to S23."), ("S\u00b2", "There are")],
)
def test_a_rule_that_does_not_exist_is_answered_with_the_nearest(
    written: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["rule", written])

    shown = capsys.readouterr()
    if written == "S007":
        assert (status, shown.out[:3]) == (ExitStatus.DONE, said)
        return
    assert status == ExitStatus.USAGE
    assert said in shown.err


def test_ids_are_completed_with_their_names() -> None:
    offered = ShellComplete(planner_group, {}, "planner", "_PLANNER_COMPLETE").get_completions(["rule"], "s2")

    assert [(item.value, item.help) for item in offered] == [
        (id, rule_page(id).name["ja"]) for id in ("S20", "S21", "S22", "S23")
    ]
