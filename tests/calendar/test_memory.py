from planner.calendar.memory import KEPT, remembered


def test_a_repeated_question_about_the_same_object_is_not_worked_out_again() -> None:
    asked: list[tuple[dict[str, int], int]] = []

    @remembered
    def sized(subject: dict[str, int], more: int) -> int:
        asked.append((subject, more))
        return len(subject) + more

    table = {"a": 1}

    assert [sized(table, 1), sized(table, 1), sized(table, 2)] == [2, 2, 3]
    assert asked == [(table, 1), (table, 2)]


def test_an_equal_object_is_another_one() -> None:
    calls: list[int] = []

    @remembered
    def sized(subject: dict[str, int]) -> int:
        calls.append(1)
        return len(subject)

    assert sized({"a": 1}) == sized({"a": 1})
    assert len(calls) == 2


def test_only_the_last_objects_are_kept() -> None:
    calls: list[int] = []

    @remembered
    def sized(subject: list[int]) -> int:
        calls.append(len(subject))
        return len(subject)

    subjects = [[0] * number for number in range(KEPT + 1)]
    for subject in subjects:
        sized(subject)
    sized(subjects[-1])
    sized(subjects[0])

    assert calls == [*range(KEPT + 1), 0]
