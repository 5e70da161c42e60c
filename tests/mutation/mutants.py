"""Small faults in source code: each mutant of a module differs from it in one place."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
TYPES = frozenset({"tuple", "dict", "list", "set", "frozenset", "defaultdict", "Mapping", "Iterator", "Callable"})
"""What these hold in brackets is a type."""
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """``file`` relative to the checkout, the line and what is changed there; ``source`` is the whole module.

    ``number`` counts the mutants of the file; ``within`` are the first and last line of the function around it (of
    the outermost one; of the whole module, if there is none).
    """

    file: Path
    number: int
    line: int
    change: str
    within: tuple[int, int]
    source: str

    @property
    def of_module(self) -> bool:
        """Whether no function is around it; the first line of a file belongs to none."""
        return self.within[0] == 1


def count(checkout: Path, file: Path) -> int:
    """How many mutants a module has."""
    return _Faults(-1).count(ast.parse((checkout / file).read_text(encoding="utf-8")))


def mutant(checkout: Path, file: Path, number: int) -> Mutant:
    """One mutant of a module; they are numbered from 0, in the order of the file."""
    text = (checkout / file).read_text(encoding="utf-8")
    fault = _Faults(number)
    changed = fault.visit(ast.parse(text))
    source = ast.unparse(ast.fix_missing_locations(changed))
    return Mutant(file, number, fault.line, fault.change, _around(text, fault.line), source)


def mutants(checkout: Path, file: Path) -> Iterator[Mutant]:
    """Every mutant of one module."""
    return (mutant(checkout, file, number) for number in range(count(checkout, file)))


def _around(text: str, line: int) -> tuple[int, int]:
    """First and last line of the outermost function, or method, that holds a line; of the module, if none does."""
    blocks = list(ast.parse(text).body)
    for block in blocks:
        if isinstance(block, ast.ClassDef):
            blocks += block.body
        elif isinstance(block, ast.FunctionDef) and block.lineno <= line <= (block.end_lineno or 0):
            first = min(each.lineno for each in (block, *block.decorator_list))
            return first, block.end_lineno or first
    return 1, text.count("\n") + 1


class _Faults(ast.NodeTransformer):
    """Puts in the fault of one number; annotations, types, decorators and docstrings are left alone."""

    def __init__(self, wanted: int) -> None:
        self.wanted, self.seen = wanted, 0
        self.line, self.change = 0, ""

    def count(self, tree: ast.AST) -> int:
        self.visit(tree)
        return self.seen

    def _here(self, node: ast.expr | ast.stmt, change: str) -> bool:
        self.seen += 1
        if self.seen - 1 != self.wanted:
            return False
        self.line, self.change = node.lineno, change
        return True

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [found for stmt in node.body if (found := self.visit(stmt)) is not None]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(stmt) if isinstance(stmt, ast.FunctionDef) else stmt for stmt in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        is_type = isinstance(node.value, ast.Name) and node.value.id in TYPES
        return node if is_type else self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        other = COMPARED.get(type(node.ops[0]))
        if other is not None and self._here(node, f"{type(node.ops[0]).__name__} to {other.__name__}"):
            node.ops[0] = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, "and to or" if isinstance(node.op, ast.And) else "or to and"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        other = RECKONED.get(type(node.op))
        if other is not None and self._here(node, f"{type(node.op).__name__} to {other.__name__}"):
            node.op = other()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._here(node, "not left out") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            return ast.Constant(not node.value) if self._here(node, f"{node.value} to {not node.value}") else node
        if isinstance(node.value, int) and self._here(node, f"{node.value} to {node.value + 1}"):
            return ast.Constant(node.value + 1)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in CALLED and self._here(node, f"{name} to {CALLED[name]}"):
            node.func = ast.Name(CALLED[name], ast.Load())
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        self.generic_visit(node)
        if self._here(node, "condition turned round"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            return node
        self.generic_visit(node)
        if isinstance(node.value, (ast.Yield, ast.YieldFrom)):
            return ast.If(ast.Constant(False), [node], []) if self._here(node, "never yielded") else node
        return ast.Pass() if self._here(node, "left out") else node
