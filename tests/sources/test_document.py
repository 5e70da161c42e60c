import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.sources.document import Document, read_document
from planner.sources.nodes import MappingNode, Node, ScalarNode


def read(text: str) -> Document:
    return read_document(text.encode(), "a.yaml")


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(f.code, f.line, f.column) for f in read(text).faults]


def plain(node: Node | None) -> object:
    """The node as plain data, for comparison."""
    if node is None or isinstance(node, ScalarNode):
        return node and node.text
    if isinstance(node, MappingNode):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    return [plain(item) for item in node.items]


def test_every_value_stays_text():
    document = read("a: 22:30\nb: 010\nc: NO\nd: 1e3\ne: 2027-01-09\nf: .inf\n")
    assert document.faults == ()
    assert plain(document.root) == {"a": "22:30", "b": "010", "c": "NO", "d": "1e3", "e": "2027-01-09", "f": ".inf"}


def test_every_key_and_value_knows_its_line_and_column():
    root = read("servers:\n  - {id: a, name: 旧サーバ}\n").root
    assert root is not None
    record = root.entries["servers"].value.items[0]
    name = record.entries["name"]
    assert (name.key.line, name.key.column, name.key.width) == (2, 13, 4)
    assert (name.value.line, name.value.column, name.value.width) == (2, 19, 4)
    assert record.position.column == 6


def test_quoted_text_is_told_from_plain_text():
    root = read("a: \"1\"\nb: 1\nc: ''\nd:\ne: null\n").root
    assert root is not None
    assert [entry.value.plain for entry in root.entries.values()] == [False, True, False, True, True]
    assert [entry.value.is_null for entry in root.entries.values()] == [False, False, False, True, True]


def test_an_alias_repeats_its_anchor_and_a_merge_may_be_overridden():
    text = "base: &b {u: 2, kg: 10}\nservers:\n  - {<<: *b, id: a, u: 4}\n  - *b\n"
    assert codes(text) == []
    assert plain(read(text).root)["servers"] == [{"id": "a", "u": "4", "kg": "10"}, {"u": "2", "kg": "10"}]


def test_of_several_merges_the_first_has_precedence():
    root = read("a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}\n").root
    assert plain(root)["c"] == {"x": "1", "y": "3"}


def test_decomposed_letters_are_composed_and_remembered():
    root = read("name: カ\u3099\n").root
    assert root is not None
    node = root.entries["name"].value
    assert (node.text, node.decomposed) == ("ガ", True)


def test_a_record_that_cannot_be_read_does_not_hide_the_others():
    document = read("servers:\n  - id: a\n    kind:server\n    u: 1\n  - id: b\n  - id: c\n     u: 1\n")
    assert [(f.code, f.line) for f in document.faults] == [("E103", 3), ("E105", 7)]
    assert plain(document.root) == {"servers": [{"id": "b"}]}
    assert not document.whole


def test_nesting_of_a_million_levels_is_a_fault_and_not_a_crash():
    assert codes("a: " + "[" * 1_000_000) == [("E114", 1, 67)]
    assert codes("a:\n" + "".join(" " * n + "- \n" for n in range(1, 200)))[0][0] == "E114"


def test_the_interpreter_may_recurse_no_deeper_than_the_limit_of_nesting():
    assert sys.getrecursionlimit() > 64 * 8


def test_aliases_that_expand_without_end_are_a_fault():
    levels = ["a0: &a0 [" + "x, " * 9 + "x]"] + [
        f"a{n}: &a{n} [" + f"*a{n - 1}, " * 9 + f"*a{n - 1}]" for n in range(1, 40)
    ]
    assert codes("\n".join(levels))[0][0] == "E120"


def test_marks_of_git_do_not_hide_the_rest():
    text = "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\nc: 4\nc: 5\n"
    assert codes(text) == [("E117", 2, 1), ("E106", 8, 1)]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="ab:-#[]{},&*!|>'\"%@` \n\t?0：\u3000\u00a0<=", max_size=60))
def test_any_text_is_read_or_refused_with_places_inside_it(text: str):
    document = read(text)
    lines = text.split("\n")
    for fault in document.faults:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 2
    assert document.root is not None or document.faults


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes):
    document = read_document(data, "a.yaml")
    assert document.root is not None or document.faults
