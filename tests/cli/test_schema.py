import json

import pytest

from planner.cli.entry import main
from planner.errors.status import ExitStatus
from planner.plan.schema import plan_schema


@pytest.mark.parametrize("what", ["inventory", "plan", "scenario"])
def test_the_schema_is_json_on_standard_output(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", what]) == ExitStatus.DONE

    shown = capsys.readouterr()
    assert json.loads(shown.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert shown.err == ""


def test_the_schema_of_the_plan_is_that_of_the_plan_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "plan"]) == ExitStatus.DONE

    assert json.loads(capsys.readouterr().out) == plan_schema()


def test_another_word_is_wrong_usage_and_the_choices_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "verdict"]) == ExitStatus.USAGE

    assert "'inventory', 'plan', 'scenario'" in capsys.readouterr().err
