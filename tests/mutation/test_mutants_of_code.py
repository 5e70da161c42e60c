"""The faults that are put into code to test the tests."""

import ast
import functools
from pathlib import Path
from types import ModuleType

from tests.mutation.mutants import mutants
from tests.mutation.swapping import swap

CODE = '''\
def f(a: int, b: "int < 3" = 2) -> bool:
    """Return 1 < 2."""
    if not a and b < 3:
        return True
    yield from g(min(a + 1, b))
    h()
'''


def changes(tmp_path: Path) -> list[tuple[int, str, str]]:
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    return [(m.line, m.change, m.source) for m in mutants(tmp_path, Path("code.py"))]


def test_every_comparison_constant_condition_and_statement_is_changed_once(tmp_path: Path) -> None:
    assert [(line, change) for line, change, _ in changes(tmp_path)] == [
        (3, "not left out"),
        (3, "3 to 4"),
        (3, "Lt to LtE"),
        (3, "and to or"),
        (4, "True to False"),
        (3, "condition turned round"),
        (5, "1 to 2"),
        (5, "Add to Sub"),
        (5, "min to max"),
        (5, "never yielded"),
        (6, "left out"),
    ]


def test_each_mutant_is_code_that_differs_from_the_original_and_from_all_others(tmp_path: Path) -> None:
    sources = [source for _, _, source in changes(tmp_path)]
    assert len({*sources, ast.unparse(ast.parse(CODE))}) == len(sources) + 1
    assert all("b: 'int < 3'=2) -> bool" in source and "Return 1 < 2" in source for source in sources)


def test_types_are_no_code(tmp_path: Path) -> None:
    code = "Fault = tuple[str, int | None]\nseen = set[str]()\nif TYPE_CHECKING:\n    import json\nx = rows[1]\n"
    (tmp_path / "code.py").write_text(code, encoding="utf-8")

    assert [(m.line, m.change) for m in mutants(tmp_path, Path("code.py"))] == [(5, "1 to 2")]


def test_a_fault_knows_the_function_around_it_with_its_decorators(tmp_path: Path) -> None:
    code = "LIMIT = 3\n\n\nclass A:\n    @property\n    def x(self):\n        return 1 + self.y\n"
    (tmp_path / "code.py").write_text(code, encoding="utf-8")

    found = [(m.number, m.change, m.within) for m in mutants(tmp_path, Path("code.py"))]
    assert found == [(0, "3 to 4", (1, 8)), (1, "1 to 2", (5, 7)), (2, "Add to Sub", (5, 7))]


def test_functions_methods_and_properties_get_the_code_of_other_source(tmp_path: Path) -> None:
    code = """
class A:
    @property
    def one(self):
        return 1

    @classmethod
    def two(cls):
        return [n + 1 for n in (1,)]


@cache
def three():
    return 3
"""
    file = tmp_path / "code.py"
    module = ModuleType("of_this_test")
    module.__dict__.update(__file__=str(file), cache=functools.cache)
    exec(compile(code, str(file), "exec"), module.__dict__)
    kept, other = (
        module.A(),
        code.replace("return 1", "return 10").replace("n + 1", "n + 19").replace("return 3", "return 30"),
    )

    lines = swap(module, other)

    assert (kept.one, module.A.two(), module.three()) == (10, [20], 30)
    assert lines == {3, 7, 12}
