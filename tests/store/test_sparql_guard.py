"""What a question in SPARQL may say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.errors import StoreError
from kgc.store.sparql.guard import only_reads, variables
from kgc.store.sparql.tokens import tokens, written

OWN = "https://kgc.example/graph/one"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?s ?p ?o } LIMIT 3",
        "prefix ex: <http://x/> BASE <http://y/> select ?a where { ?a ex:load <insert> }",
        'ASK { ?s ?p "SERVICE <http://x> { }" }',
        "ASK { ?s ?p '''it's a \"LOAD\"''' }",
        "SELECT ?service $load WHERE { ?service <http://x/SERVICE> $load } # SERVICE",
        'CONSTRUCT { ?s a ex:service } WHERE { ?s ex:insert/ex:delete "x"@en }',
        "DESCRIBE <http://x/from>",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o<5&&?o>3) }",
        f"SELECT * FROM <{OWN}> FROM NAMED <{OWN}/document/d1> WHERE {{ ?s ?p ?o }}",
        r'SELECT * { ?s ?p "a\\" ; ex:a\#b ?x }',
    ],
)
def test_questions_go_through(text: str) -> None:
    assert only_reads(text, OWN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("INSERT DATA { <a> <b> <c> }", "A question begins with SELECT"),
        ("SELCT * {}", "Did you mean 'SELECT'"),
        ("PREFIX ex: <http://x/> DELETE WHERE { ?s ?p ?o }", "A question begins with"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "DROP has no place"),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "other servers are not asked"),
        ("SELECT * { service silent ex:a { ?s ?p ?o } }", "other servers are not asked"),
        ("SELECT * { SERVICEex:a { ?s ?p ?o } }", "other servers are not asked"),
        ("SELECT * { ?s ?p trueSERVICE<http://x/> { ?s ?p ?o } }", "other servers are not asked"),
        ("SELECT * { #\rSERVICE <http://x/> { ?s ?p ?o } }", "other servers are not asked"),
        ("SELECT * { ?s ?p '#' . SERVICE <http://x/> {} }", "other servers are not asked"),
        ("SELECT * { ?s ?p ex:a\\#b . SERVICE <http://x/> {} }", "other servers are not asked"),
        ("SELECT * { FILTER(?a<5)SERVICE<http://x/>{ } }", "other servers are not asked"),
        ("SELECT * { SERV\\u0049CE <http://x/> {} }", "cannot be read"),
        ("SELECT * FROM <http://x/> { ?s ?p ?o }", "not one of this workspace"),
        (f"SELECT * FROM <{OWN}x> {{ ?s ?p ?o }}", "not one of this workspace"),
        ("SELECT * FROM ex:a { ?s ?p ?o }", "not one of this workspace"),
        ("SELECT * FROMex:a { ?s ?p ?o }", "whole IRI"),
        ("SELECT (<java:java.lang.System>(1) AS ?x) {}", "run code of the server"),
        ("SELECT (bif:file_to_string('x') AS ?x) {}", "run code of the server"),
        ("define get:soft 'x' SELECT * {}", "A question begins with"),
        ("SELECT * { ?s ?p 'open }", "cannot be read"),
        ("  # nothing\n", "There is no question"),
    ],
)
def test_all_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        only_reads(text, OWN)


def test_codes_in_a_string_cannot_end_it_anywhere() -> None:
    sent = only_reads('SELECT * { ?s ?p "\\u0022 } SERVICE <http://x/> { #" }')
    assert '"\\" } SERVICE <http://x/> { #"' in sent
    assert "u0022" not in sent


def test_comments_are_not_sent() -> None:
    assert only_reads("ASK # x\n{ }") == "ASK\n{ }"


def test_variables_come_in_the_order_of_the_query() -> None:
    assert variables("SELECT * { ?s ?p ?o . $s <p> '?x' }") == ("s", "p", "o")


@given(st.text(alphabet="ab \n\"'\\#<>{}?:@é蓝u0042.^`|\x00\r", max_size=60))
def test_what_is_put_together_again_reads_the_same(text: str) -> None:
    try:
        first = tokens(text)
    except StoreError:
        return
    again = tokens(written(first))
    assert [(t.kind, t.value) for t in again if t.kind != "space"] == [
        (t.kind, t.value) for t in first if t.kind != "space"
    ]
