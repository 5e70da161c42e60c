"""The office's own templates: they override file by file, and every mistake is told with its place."""

from pathlib import Path

import pytest

from planner.errors import Faults
from planner.errors.text import render
from tests.rendering.documents.night import runbooks


def own(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_a_template_of_the_office_takes_the_place_of_the_shipped_one_and_no_other(tmp_path: Path) -> None:
    shipped = runbooks()

    found = runbooks(own(tmp_path, "runbook.md", "{{ book.title }}: {{ book.count }}\n"))
    assert found["wave-1-runbook.md"] == "第1波: 9\n"
    assert {name for name in found if found[name] != shipped[name]} == {"wave-1-runbook.md", "preparation.md"}
    assert found["wave-1-runbook.html"] == shipped["wave-1-runbook.html"]


def test_a_part_that_several_papers_share_may_be_overridden(tmp_path: Path) -> None:
    found = runbooks(own(tmp_path, "frame.html", "<p>{{ stamp.plan }}</p>{% block body %}{% endblock %}"))

    assert all(text.startswith("<p>p-12345678</p>") for name, text in found.items() if name.endswith(".html"))


def test_templates_written_on_windows_give_line_feeds_alone(tmp_path: Path) -> None:
    found = runbooks(own(tmp_path, "runbook.md", b"\xef\xbb\xbf{{ book.title }}\r\nend\r\n"))

    assert found["wave-1-runbook.md"] == "第1波\nend\n"


def test_html_of_the_office_is_escaped_by_itself(tmp_path: Path) -> None:
    found = runbooks(own(tmp_path, "runbook.html", "{{ '<b>' ~ book.title }}"))

    assert found["wave-1-runbook.html"] == "&lt;b&gt;第1波"


BROKEN = {
    "a bracket that is not closed": ("a\n{{ book.title\n", "E701", 2, "unexpected"),
    "an if without a condition": ("{% if %}", "E701", 1, "Expected an expression"),
    "a filter that there is not": ("\n\n{{ book.title|cel }}", "E701", 3, "No filter named 'cel'"),
    "a name that there is not": ("x\n{{ bok.title }}", "E702", 2, "did you mean `book`"),
    "a name of a record that there is not": ("{{ book.titel }}", "E702", 1, "did you mean `title`"),
    "a word that there is not": ("{{ words.runbook.titel }}", "E702", 1, "did you mean `title`"),
    "the way out of the sandbox": ("{{ stamp.__class__.__mro__ }}", "E704", 1, "__class__"),
    "the way out by a format": ("{{ '{0.__class__}'.format(stamp) }}", "E704", 1, "__class__"),
    "the way out by globals": ("{{ range.__call__.__globals__ }}", "E704", 1, "__call__"),
    "a change of what others see": ("{{ words.update({}) }}", "E704", 1, "'update'"),
    "a template that includes itself": ('{% include "runbook.md" %}', "E705", 1, "does not come to an end"),
    "a macro that calls itself": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "E705", 1, "end"),
    "loops without end": (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "E705", 1, "end",
    ),
    "an operation that fails": ("\n{{ 1 / 0 }}", "E706", 2, "ZeroDivisionError"),
    "a sentence that lacks a value": ("{{ words.general.wave.format(n=1) }}", "E706", 1, "number"),
    "a template that there is not": ('{% include "runbok.md" %}', "E707", 1, "did you mean `runbook.md`"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_template_is_told_with_code_line_and_cure(tmp_path: Path, case: str) -> None:
    text, code, line, said = BROKEN[case]
    folder = own(tmp_path, "runbook.md", text)

    with pytest.raises(Faults) as caught:
        runbooks(folder)
    (fault,) = caught.value.faults
    assert (fault.code, fault.file, fault.line) == (code, str(tmp_path / "runbook.md"), line)
    assert said in render(fault, "en")
    assert "= help: " in render(fault, "ja")


def test_a_template_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        runbooks(own(tmp_path, "runbook.md", "移行手順書".encode("cp932")))

    assert [(fault.code, fault.file) for fault in caught.value.faults] == [("E001", str(tmp_path / "runbook.md"))]


def test_what_is_not_said_about_a_plan_is_empty_and_no_error(tmp_path: Path) -> None:
    found = runbooks(own(tmp_path, "runbook.md", "[{{ book.point_of_no_return }}]"))

    assert found["preparation.md"] == "[]"
