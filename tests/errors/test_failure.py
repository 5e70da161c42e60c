import pytest

from planner.errors.failure import Failure
from planner.errors.status import ExitStatus


def test_a_failure_means_could_not_unless_it_says_otherwise() -> None:
    assert Failure("no such folder").status is ExitStatus.COULD_NOT


def test_a_failure_carries_its_message_cure_and_status() -> None:
    failure = Failure("made from another inventory", cure="plan again", status=ExitStatus.OTHER_INVENTORY)

    assert (failure.message, failure.cure, failure.status) == ("made from another inventory", "plan again", 5)


def test_a_failure_cannot_be_success() -> None:
    with pytest.raises(ValueError, match="a failure cannot end with status 0"):
        Failure("fine", status=ExitStatus.DONE)


def test_the_statuses_are_those_of_the_readme() -> None:
    assert {status.name: status.value for status in ExitStatus} == {
        "DONE": 0,
        "COULD_NOT": 1,
        "USAGE": 2,
        "UNSAFE": 3,
        "NO_PLAN": 4,
        "OTHER_INVENTORY": 5,
        "INTERRUPTED": 130,
        "BROKEN_PIPE": 141,
    }


def test_a_failure_is_said_in_japanese_where_it_has_words_for_it() -> None:
    both = Failure("no such folder", cure="name another", japanese=("フォルダがありません", "別の名前を"))

    assert both.said("ja") == ("フォルダがありません", "別の名前を")
    assert both.said("en") == Failure("no such folder", cure="name another").said("ja")
