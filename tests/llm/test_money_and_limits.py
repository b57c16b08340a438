"""Prices, estimates, waits: the small laws the driver stands on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.errors import ConfigError
from kgc.llm.breaker import Breaker
from kgc.llm.budget import Budget, Purse
from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.limiter import Limiter
from kgc.llm.model import RateLimits
from kgc.llm.openai_errors import retry_after
from kgc.llm.price import Price, cost, no_price, price_of, price_table
from kgc.llm.rate_headers import seconds
from kgc.llm.retry import Backoff
from kgc.llm.turns import Ask, Decode, Message, Usage

TABLE = price_table()


def test_every_shipped_price_has_a_date_a_source_and_a_cheaper_prefix() -> None:
    assert all(p.date and p.source and 0 < p.cached_prefix <= p.prompt <= p.completion for p in TABLE.values())


@pytest.mark.parametrize(
    "name", ["gpt-5-mini", "openai:gpt-5-mini", "langchain:openai:gpt-5-mini", "openai:gpt-5-mini-2025-08-07"]
)
def test_a_model_is_found_under_each_of_its_names(name: str) -> None:
    assert price_of(name, TABLE) == TABLE["gpt-5-mini"]


def test_an_unknown_price_is_none_and_never_0() -> None:
    assert price_of("openai:gpt-5-minni", TABLE) is None
    assert cost(Usage(prompt=1), None) is None
    assert cost(Usage(), None) == 0.0
    assert "gpt-5-mini" in no_price("openai:gpt-5-minni", TABLE)


def test_a_cached_prefix_is_cheaper_by_its_own_price() -> None:
    assert cost(Usage(prompt=1_000_000, cached_prefix=400_000, completion=100_000), Price(2, 0.5, 8)) == pytest.approx(
        1.2 + 0.2 + 0.8
    )


def test_a_file_of_prices_replaces_and_adds_rows(tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    path.write_text('[mine]\nprompt = 1\ncompletion = 2\n["gpt-5-mini"]\nprompt = 9\ncompletion = 9\n')
    table = price_table(path)
    assert price_of("openai:mine", table) == Price(1.0, 1.0, 2.0)
    assert table["gpt-5-mini"].prompt == 9
    assert "gpt-4.1" in table


@pytest.mark.parametrize(
    "text", ["[m]\nprompt = 1", "[m]\nprompt = 1\ncompletion = -2", "[m]\npromt = 1", "m = 1", "[["]
)
def test_a_mistake_in_a_price_file_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"prices\.toml"):
        price_table(path)


@given(st.text(), st.text())
def test_an_estimate_grows_with_the_text_and_adds_up(a: str, b: str) -> None:
    assert max(tokens(a), tokens(b)) <= tokens(a + b) <= tokens(a) + tokens(b)


def test_other_scripts_are_denser_than_latin() -> None:
    assert tokens("knowledge graph") == 4
    assert tokens("知识图谱构建") == 6
    assert tokens("граф знаний") == 6


@given(st.text(min_size=1), st.integers(1, 40), st.integers())
def test_waits_double_within_bounds_and_are_the_same_every_time(key: str, attempt: int, seed: int) -> None:
    backoff = Backoff(base=0.5, cap=30, seed=seed)
    whole = min(30.0, 0.5 * 2 ** (attempt - 1))
    assert whole / 2 <= backoff.delay(key, attempt) <= whole
    assert backoff.delay(key, attempt) == Backoff(0.5, 30, seed).delay(key, attempt)


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 10), st.integers(100, 500))
def test_no_window_holds_more_than_the_limits(sizes: list[int], requests: int, most: int) -> None:
    limiter, now = Limiter(requests, most, period=10.0), 0.0
    sent: list[tuple[float, int]] = []
    for size in sizes:
        while (wait := limiter.wait(size, now)) > 0:
            now += wait + 1e-9
        limiter.send(size, now)
        sent.append((now, size))
        now += 0.1
    for at, _ in sent:
        window = [size for t, size in sent if at - 10 < t <= at]
        assert len(window) <= requests
        assert sum(window) <= most or len(window) == 1


def test_limits_that_a_server_tells_hold_beside_the_given_ones() -> None:
    limiter = Limiter(requests=5)
    limiter.learn(RateLimits(requests=2, remaining_requests=1), 0.0)
    limiter.send(1, 0.0)
    limiter.send(1, 0.0)
    assert limiter.wait(1, 0.0) == 60.0


def test_one_refusal_among_successes_holds_nobody_else_but_two_in_a_row_do() -> None:
    limiter = Limiter(concurrency=16)
    limiter.refuse(None, 2.0, now=0.0)
    assert limiter.wait(1, 0.0) == 0.0
    limiter.refuse(None, 2.0, now=0.0)
    assert limiter.wait(1, 0.0) == 2.0
    assert limiter.slots() == 2
    for _ in range(20):
        limiter.success()
    assert limiter.slots() == 16


def test_the_breaker_opens_lets_one_try_and_closes_with_a_success() -> None:
    breaker = Breaker(after=3, pause=1.0, patience=10.0, first_patience=10.0)
    breaker.success()
    for _ in range(3):
        breaker.failure(0.0)
    assert breaker.wait(0.0) == 1.0
    assert breaker.wait(1.0) == 0.0
    breaker.send()
    assert breaker.wait(1.0) is None
    breaker.failure(1.0)
    assert breaker.wait(1.0) == 2.0
    assert not breaker.down(1.0)
    breaker.failure(11.0)
    assert breaker.down(11.0)
    breaker.success()
    assert breaker.wait(11.0) == 0.0
    assert not breaker.down(11.0)


@given(st.text(max_size=200), st.integers(1, 100), st.integers(1, 4))
def test_what_is_set_aside_covers_what_a_call_uses(text: str, most: int, n: int) -> None:
    ask = Ask((Message("user", text),), "t", Decode(max_tokens=most, n=n))
    purse = Purse(Budget(), Price(1, 1, 1), 4096)
    prompt = prompt_tokens(ask)
    need = purse.worst(ask, prompt)
    purse.take(need)
    used = Usage(prompt=prompt, completion=most * n)
    assert need.tokens >= used.prompt + used.completion
    purse.settle(need, used)
    assert purse.tokens == used.prompt + used.completion
    assert purse.money == pytest.approx(cost(used, Price(1, 1, 1)))


def test_durations_and_waits_in_headers_are_read() -> None:
    assert [seconds(t) for t in ("1s", "6m0s", "12ms", "1h2m3.5s", "")] == [1.0, 360.0, 0.012, 3723.5, 0.0]
    assert retry_after({"retry-after": "20"}) == 20.0
    assert retry_after({"retry-after-ms": "1500", "retry-after": "2"}) == 1.5
    assert retry_after({"retry-after": "soon"}) is None
    assert retry_after({}) is None
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0
