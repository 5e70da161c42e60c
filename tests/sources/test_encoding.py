import pytest

from planner.sources.encoding import decode

TEXT = "name: 住民記録サーバ\n"


def codes(data: bytes, encoding: str = "auto") -> list[tuple[str, int, int]]:
    return [(f.code, f.line, f.column) for f in decode(data, "a.yaml", encoding).faults]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp932", "CP932 (Windows Shift_JIS)"), ("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022-JP")],
)
def test_a_japanese_encoding_is_named_and_the_text_is_still_read(encoding: str, named: str):
    decoded = decode(TEXT.encode(encoding), "a.yaml")
    assert [(f.key, f.line, f.column, f.arguments["encoding"]) for f in decoded.faults] == [("E001", 1, 7, named)]
    assert decoded.text == TEXT


def test_an_encoding_that_was_said_is_read_without_a_fault():
    decoded = decode(TEXT.encode("cp932"), "a.yaml", "cp932")
    assert (decoded.text, decoded.faults) == (TEXT, ())


def test_an_encoding_that_was_said_wrongly_is_a_fault():
    assert codes(b"name: \x82", "cp932") == [("E001", 1, 7)]
    assert codes(b"name: a", "klingon") == [("E001", 1, 1)]


def test_a_byte_order_mark_of_utf8_is_silent_and_shifts_no_column():
    decoded = decode(b"\xef\xbb\xbf" + TEXT.encode(), "a.yaml")
    assert (decoded.text, decoded.faults) == (TEXT, ())


def test_utf16_with_its_mark_is_accepted_with_a_remark():
    assert decode(TEXT.encode("utf-16"), "a.yaml").text == TEXT
    assert codes(TEXT.encode("utf-16")) == [("W001", 1, 1)]


def test_utf16_without_its_mark_is_named():
    fault = decode(TEXT.encode("utf-16-le"), "a.yaml").faults[0]
    assert (fault.key, fault.arguments["encoding"]) == ("E001.utf16", "UTF-16LE")


def test_each_pasted_line_in_another_encoding_has_its_place():
    data = "a: 住民\n".encode() + "b: 財務\n".encode("cp932") + b"c: 1\r\n" + "d: 文書\n".encode("cp932")
    assert codes(data) == [("E001", 2, 4), ("E001", 4, 4)]


@pytest.mark.parametrize("garbled", ["住民記録サーバ".encode().decode("cp932", "replace"), "菴乗ｰ…"])
def test_garbled_text_is_a_remark_with_what_it_was(garbled: str):
    fault = decode(f"name: {garbled}\n".encode(), "a.yaml").faults[0]
    assert (fault.code, fault.line, fault.column) == ("W002", 1, 7)
    assert fault.arguments["suggestion"].startswith("住")


@pytest.mark.parametrize(
    "name", ["住民記録・コンビニ交付", "ﾃﾞｰﾀﾍﾞｰｽ", "髙﨑 邊 齋藤", "Müller café", "小町町 電算室移転"]
)
def test_ordinary_names_are_not_taken_for_garbled_ones(name: str):
    assert codes(f"name: {name}\n".encode()) == []


def test_line_ends_of_three_systems_count_as_one_each():
    decoded = decode(b"a: 1\r\nb: 2\rc: \x00\n", "a.yaml")
    assert codes(b"a: 1\r\nb: 2\rc: \x00\n") == [("E002", 3, 4)]
    assert decoded.source.lines[:2] == ("a: 1", "b: 2")
