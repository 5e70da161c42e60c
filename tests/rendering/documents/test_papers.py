"""What stands in the papers of a night."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planner.model.people import Contact
from planner.rendering.documents.moments import Moments
from planner.rendering.documents.words import read_words
from planner.resources import templates_folder
from tests.rendering.documents.night import (
    CONTACTS,
    POINTS,
    STEPS,
    WAVE,
    issue,
    made,
    night,
    papers,
    papers_of,
    replace,
    town,
)

GOLDEN = Path(__file__).parent / "golden"
CHECKOUT = Path(__file__).parents[3]
RUNBOOKS = ["wave-1-runbook.md", "wave-1-runbook.html"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["wave-1-runbook.md", "wave-1-rollback.md", "summary.md", "preparation.md"])
def test_the_papers_read_as_agreed(language: str, name: str) -> None:
    agreed = (GOLDEN / language / name).read_text(encoding="utf-8")

    assert papers(language)[name] == agreed


def test_there_is_a_runbook_and_a_rollback_paper_for_every_wave_and_a_runbook_of_the_preparation() -> None:
    second = replace(WAVE, id="W2")

    assert sorted(papers_of(night(waves=(WAVE, second)))) == [
        f"{name}.{kind}"
        for name in ("preparation", "summary", "wave-1-rollback", "wave-1-runbook", "wave-2-rollback", "wave-2-runbook")
        for kind in ("html", "md")
    ]


def test_a_plan_without_preparation_has_no_runbook_of_it() -> None:
    assert [name for name in papers_of(night(preparation=())) if "preparation" in name] == []


@pytest.mark.parametrize("name", RUNBOOKS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_step_stands_in_the_runbook_with_number_times_action_and_result(language: str, name: str) -> None:
    text = papers(language)[name]
    words = read_words(language, (templates_folder(),))
    moments = Moments(night().inventory.clock, words)

    for number, step in enumerate(STEPS, 1):
        assert f"**{number}**" in text or f'id="step-{number}"' in text
        assert moments.time(step.start) in text
        assert moments.time(step.end) in text
        assert words["kinds"][step.kind] in text
    assert "プロンプトが消える" in text


@pytest.mark.parametrize("name", RUNBOOKS)
def test_every_criterion_of_every_gate_can_be_answered(name: str) -> None:
    text = papers()[name]

    assert [criterion for gate in WAVE.gates for criterion in gate.criteria if criterion not in text] == []
    row = r"\| \| □ \| □ \|" if name.endswith(".md") else r'(<td><span class="box"></span></td>){2}'
    assert len(re.findall(row, text)) == 2


def test_the_deadlines_on_paper_are_those_of_the_plan() -> None:
    moments = Moments(night().inventory.clock, read_words("ja", (templates_folder(),)))
    deadlines = [moments.day_and_time(point.deadline) for point in POINTS if point.deadline is not None]

    assert deadlines == ["1/17(日) 02:40", "1/17(日) 03:30"]
    for name in RUNBOOKS:
        inline = re.findall(r"切り戻し判断期限: ([^<*]+?)(?:\*\*|</span>)", papers()[name])
        assert inline == deadlines


@pytest.mark.parametrize("kind", ["md", "html"])
def test_every_check_point_with_something_to_undo_points_at_its_sheet_in_the_rollback_paper(kind: str) -> None:
    runbook, rollback = papers()[f"wave-1-runbook.{kind}"], papers()[f"wave-1-rollback.{kind}"]

    links = re.findall(r"wave-1-rollback\.\w+#back-\d", runbook)
    assert sorted(links) == [f"wave-1-rollback.{kind}#back-{number}" for number in (1, 1, 2, 2)]
    assert re.findall(r'id="(back-\d)"', rollback) == ["back-1", "back-2"]


@pytest.mark.parametrize("kind", ["md", "html"])
def test_without_the_rollback_paper_the_runbook_names_the_sheet_and_points_nowhere(kind: str) -> None:
    text = made(issue(formats=(kind,), only=("runbook",)))[f"wave-1-runbook.{kind}"]

    assert text.count("切り戻し手順 1") == text.count("切り戻し手順 2") == 2
    assert "rollback." not in text


def test_every_link_inside_a_paper_leads_somewhere() -> None:
    for name, text in papers().items():
        if name.endswith(".html"):
            assert set(re.findall(r'href="#([\w-]+)"', text)) <= set(re.findall(r'id="([\w-]+)"', text)), name


def test_a_check_point_at_which_nothing_is_undone_points_nowhere() -> None:
    bare = replace(WAVE, check_points=(replace(POINTS[0], rollback=(), minutes=0), *POINTS[1:]))

    text = papers_of(night(waves=(bare,)))["wave-1-runbook.html"]
    assert "ここでは戻す作業がありません。" in text
    assert set(re.findall(r"rollback\.html#(back-\d)", text)) == {"back-2"}


def test_the_step_without_an_inverse_says_so_where_it_stands() -> None:
    row = next(line for line in papers()["wave-1-runbook.md"].splitlines() if line.startswith("| **4** |"))

    assert "**後戻りできない手順。CIO に電話してから始める**" in row


def test_every_page_of_steps_tells_deadlines_and_whom_to_call() -> None:
    text = papers()["wave-1-runbook.html"]
    foot = re.search(r'<tfoot class="foot"><tr><td colspan="9">(.*?)</td>', text)

    assert foot is not None
    said = re.findall(r"<span>(.*?)</span>", foot[1])
    assert said == [
        "判定：Go/No-Go 1 1/16(土) 20:00",
        "切り戻し判断期限：1/17(日) 02:40（判定1）",
        "切り戻し判断期限：1/17(日) 03:30（判定2）",
        "当直 内線 2601",
    ]


def test_html_asks_nothing_of_a_network() -> None:
    for name, text in papers().items():
        if name.endswith(".html"):
            assert "http://" not in text
            assert "https://" not in text
            assert "default-src 'none'" in text
            assert "<script" not in text


def test_confidential_contacts_never_appear() -> None:
    for language in ("ja", "en"):
        for name, text in papers(language).items():
            assert "汐見太郎" not in text, name
            assert "090-0000-0001" not in text, name


def test_of_a_confidential_contact_the_role_is_shown() -> None:
    assert "| （別紙） | 決裁者 | （別紙） |" in papers()["wave-1-runbook.md"]


def test_text_of_the_inventory_never_becomes_markup_in_html() -> None:
    inventory = town(contacts={**CONTACTS, "x": Contact("x", "<script>alert(1)</script>", "a & b", '"1"')})

    text = papers_of(night(inventory))["wave-1-runbook.html"]
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "a &amp; b" in text


def test_text_of_the_inventory_never_breaks_a_table_in_markdown() -> None:
    odd = Contact("x", "a|b\nc", "*x* _y_ [z](w) <b>", "`echo 0 | wc`")

    text = papers_of(night(town(contacts={"x": odd})))["wave-1-runbook.md"]
    assert r"| a\|b<br>c | \*x\* \_y\_ \[z\](w) &lt;b&gt; | `echo 0 \| wc` |" in text


def test_commands_are_set_in_letters_of_their_own() -> None:
    assert "<code>shutdown -h 0</code> を実行する" in papers()["wave-1-runbook.html"]


PRINTED = """
import hashlib, sys
from tests.rendering.documents.night import papers
for language in ("ja", "en"):
    for name, text in papers(language).items():
        sys.stdout.write(f"{name} {hashlib.sha256(text.encode()).hexdigest()}\\n")
"""


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PRINTED],
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}"},
        )
        for seed in ("1", "2")
    ]
    first, second = (run.communicate()[0] for run in runs)

    assert first.count(b"\n") == 16
    assert first == second
