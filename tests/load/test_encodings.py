"""Every encoding is told from the bytes alone, for short and long texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.load.encoding import decode
from kgc.load.language import language

ENGLISH = "Walmart was founded in 1962 by Sam Walton in Rogers, Arkansas."
GERMAN = "Die schöne Frau hat für 15 € Kaffee mit Kuchen gegessen und lächelte dabei."
FRENCH = "L'été était très chaud cette année, et le café au lait coûtait 3 €."
SPANISH = "El niño comió paella con ñoquis y la señora dijo: ¡Qué rico!"
SIMPLIFIED_SHORT = "中国的公司"
SIMPLIFIED = (
    "为了保障网络安全，维护网络空间主权和国家安全、社会公共利益，保护公民、法人和其他组织的合法权益，制定本法。"
)
TRADITIONAL_SHORT = "台灣的人口"
TRADITIONAL = "本辦法所稱之個人資料，指自然人之姓名、出生年月日及其他得以直接或間接方式識別該個人之資料。"

CASES = [
    (text, encoding, times)
    for texts, encodings in [
        ([ENGLISH, GERMAN, FRENCH, SPANISH], ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
        ([SIMPLIFIED_SHORT, SIMPLIFIED], ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]),
        ([TRADITIONAL_SHORT, TRADITIONAL], ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "big5"]),
    ]
    for text in texts
    for encoding in encodings
    for times in (1, 40)
]


@pytest.mark.parametrize(("text", "encoding", "times"), CASES)
def test_an_encoding_is_told_from_the_bytes(text: str, encoding: str, times: int) -> None:
    whole = "\n".join([text] * times)
    found = decode(whole.encode(encoding))
    assert found.text == whole
    assert found.whole


def test_a_declared_encoding_is_believed_where_it_can_be() -> None:
    page = "<html><head><meta charset='iso-8859-2'></head>Zażółć gęślą jaźń"
    assert "Zażółć gęślą jaźń" in decode(page.encode("iso-8859-2"), declares=True).text
    wrong = "<?xml version='1.0' encoding='ascii'?><p>法律法规的规定</p>"
    assert "法律法规的规定" in decode(wrong.encode(), declares=True).text
    unknown = "<meta charset='klingon'>Der schöne Kaffee für die Frau"
    assert "schöne" in decode(unknown.encode("cp1252"), declares=True).text


def test_what_cannot_be_decoded_is_marked_not_dropped() -> None:
    found = decode(b"\xef\xbb\xbfgood \xff\xfe bad")
    assert found.text == "good \ufffd\ufffd bad"
    assert not found.whole


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    text = decode(data).text
    assert "\r" not in text
    assert "\0" not in text
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (ENGLISH, "en"), (GERMAN, "de"), (SPANISH * 2, "es"), (SIMPLIFIED, "zh"), (TRADITIONAL, "zh"),
        ("これは日本語の文章です。", "ja"), ("Это предложение на русском языке.", "ru"), ("한국어 문장입니다", "ko"),
        ("Le président de la République est élu pour cinq ans et il nomme les ministres.", "fr"),
        ("TiDB 是一个分布式数据库", "zh"), ("Acme", ""), ("123", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_language_is_told_or_left_open(text: str, lang: str) -> None:
    assert language(text) == lang
