"""The driver over real HTTP against the scripted server."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kgc.errors import BudgetError, ModelError
from kgc.llm.budget import Budget
from kgc.llm.cache import MemoryCache
from kgc.llm.driver import drive
from kgc.llm.jobs import Done, Failed, Job, Outcome, Pending
from kgc.llm.loop import run_sync
from kgc.llm.model import Model, Unauthorized
from kgc.llm.openai import OpenAIModel
from kgc.llm.options import DriverOptions
from kgc.llm.price import Price
from kgc.llm.progress import Progress
from kgc.llm.retry import Backoff
from kgc.llm.running import StrategyError
from kgc.llm.turns import Answer, Ask, Decode, Message, Turns
from kgc.testing.script import Fault, Faults, Rule, Script, Turn
from kgc.testing.server import Server

pytestmark = pytest.mark.server

FAST = Backoff(base=0.005, cap=0.02)
SYSTEM = Message("system", "Repeat the number. " * 20)


def ask(text: str, most: int | None = 20) -> Ask:
    return Ask((SYSTEM, Message("user", text)), "test/echo", Decode(max_tokens=most))


def echo(number: int) -> Turns[str]:
    [answer] = yield [ask(f"number {number}")]
    return answer.text


def jobs(n: int) -> Iterator[Job[str]]:
    return (Job(f"job {i}", echo(i)) for i in range(n))


def say(turns: Sequence[Turn]) -> str:
    return f"said {turns[-1].content}"


def hold(
    work: Iterator[Job[str]] | AsyncIterator[Job[str]] | Sequence[Job[str]],
    url: str,
    cache: MemoryCache | None = None,
    options: DriverOptions | None = None,
    watch: Callable[[Progress], None] | None = None,
) -> tuple[list[Outcome[str]], Progress]:
    async def main() -> tuple[list[Outcome[str]], Progress]:
        model = OpenAIModel("any", base_url=url)
        try:
            async with drive(work, model, cache or MemoryCache(), options or DriverOptions(backoff=FAST), watch) as run:
                return [outcome async for outcome in run], run.progress
        finally:
            await model.close()

    return run_sync(main())


def kinds(outcomes: Sequence[Outcome[str]]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def asked_texts(server: Server, fault: str = "ok") -> Counter[str]:
    return Counter(str(r.body["messages"][-1]["content"]) for r in server.requests if r.fault == fault)  # type: ignore[index]


def test_every_job_gets_its_own_answer_with_64_in_flight() -> None:
    with Server(Script(reply=say, latency=0.02)) as server:
        outcomes, progress = hold(jobs(300), server.url, options=DriverOptions(concurrency=64))
        assert {o.id: o.result for o in outcomes if isinstance(o, Done)} == {
            f"job {i}": f"said number {i}" for i in range(300)
        }
        assert 32 < server.most_at_once <= 64
    assert (progress.done, progress.made, progress.in_flight, progress.stop) == (300, 300, 0, None)
    assert progress.usage.prompt == server.counts["prompt_tokens"]
    assert progress.usage.cached_prefix > 0


def test_a_second_run_with_the_same_cache_asks_nothing() -> None:
    cache = MemoryCache()
    with Server(Script(reply=say)) as server:
        first, _ = hold(jobs(50), server.url, cache)
        again, progress = hold(jobs(50), server.url, cache)
        assert server.counts["asked"] == 50
    assert [o.result for o in again if isinstance(o, Done)] == [
        o.result for o in sorted(first, key=lambda o: int(o.id[4:])) if isinstance(o, Done)
    ]
    assert (progress.made, progress.cached, progress.cost) == (0, 50, 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_a_storm_of_faults_loses_nothing_and_pays_nothing_twice(seed: int) -> None:
    faults = Faults(
        shares=(("429", 0.1), ("500", 0.05), ("cut", 0.05), ("malformed", 0.05), ("empty", 0.02)), seed=seed
    )
    cache = MemoryCache()
    options = DriverOptions(backoff=FAST, retries=2)
    with Server(Script(reply=say, faults=faults)) as server:
        outcomes, progress = hold(jobs(200), server.url, cache, options)
        assert sorted(o.id for o in outcomes) == sorted(f"job {i}" for i in range(200))
        assert kinds(outcomes)["Failed"] == 0
        assert progress.made == server.counts["answered"] == kinds(outcomes)["Done"]
        server.script = Script(reply=say)
        rest, _ = hold(jobs(200), server.url, cache, options)
        assert kinds(rest) == {"Done": 200}
        assert asked_texts(server) == {f"number {i}": 1 for i in range(200)}


def test_retry_after_holds_everybody() -> None:
    with Server(Script(reply=say, faults=Faults(first=("429",)), retry_after=0.4)) as server:
        outcomes, _ = hold(jobs(40), server.url, options=DriverOptions(concurrency=4, backoff=FAST))
        times = [r.at for r in server.requests]
        assert kinds(outcomes) == {"Done": 40}
    refused = times[0]
    early = [t for t in times[1:] if t < refused + 0.39]
    assert len(early) <= 8  # those that were on their way


def test_a_server_that_allows_few_requests_a_period_gets_no_more_and_everything_is_done() -> None:
    with Server(Script(reply=say, requests_per_period=10, period=0.3)) as server:
        outcomes, _ = hold(jobs(40), server.url, options=DriverOptions(concurrency=8, period=0.3, backoff=FAST))
        assert kinds(outcomes) == {"Done": 40}
        assert server.counts["refused"] < 40


def test_requests_per_minute_are_kept() -> None:
    options = DriverOptions(concurrency=16, requests_per_minute=10, period=0.6)
    with Server(Script(reply=say)) as server:
        hold(jobs(25), server.url, options=options)
        times = [r.at for r in server.requests]
    assert all(later - earlier > 0.3 for earlier, later in zip(times, times[10:], strict=False))


def test_the_same_request_of_two_jobs_is_asked_once() -> None:
    with Server(Script(reply=say, latency=0.05)) as server:
        outcomes, progress = hold([Job(str(i), echo(7)) for i in range(20)], server.url)
        assert server.counts["asked"] == 1
    assert {o.result for o in outcomes if isinstance(o, Done)} == {"said number 7"}
    assert (progress.made, progress.cached) == (1, 19)
    assert sum(o.made for o in outcomes if isinstance(o, Done)) == 1


@pytest.mark.parametrize("calls", [0, 1, 17])
def test_a_ceiling_of_calls_is_reached_and_never_passed(calls: int) -> None:
    options = DriverOptions(budget=Budget(calls=calls), concurrency=8)
    with Server(Script(reply=say, latency=0.01)) as server:
        outcomes, progress = hold(jobs(40), server.url, options=options)
        assert server.counts["asked"] == calls
    assert kinds(outcomes) == Counter(Done=calls, Pending=40 - calls)
    assert progress.stop is not None
    assert progress.stop.kind == "budget"
    assert {o.problem.code for o in outcomes if isinstance(o, Pending)} == {"budget"}


def test_a_ceiling_of_money_is_never_passed_and_most_of_it_is_used() -> None:
    price = Price(prompt=1000.0, cached_prefix=1000.0, completion=1000.0)
    options = DriverOptions(budget=Budget(money=4.0), price=price, concurrency=8)
    with Server(Script(reply=say)) as server:
        outcomes, progress = hold(jobs(200), server.url, options=options)
        spent = (server.counts["prompt_tokens"] + server.counts["completion_tokens"]) / 1000
    assert 3.5 < spent <= 4.0
    assert progress.cost == pytest.approx(spent)
    assert kinds(outcomes).keys() == {"Done", "Pending"}


def test_calls_that_may_have_been_paid_count_against_the_budget() -> None:
    options = DriverOptions(budget=Budget(tokens=2_000), concurrency=1, timeout=0.05, backoff=FAST)
    with Server(Script(faults=Faults(first=("hang",) * 50))) as server:
        outcomes, progress = hold(jobs(5), server.url, options=options)
        assert server.counts["asked"] <= 10
    assert kinds(outcomes) == {"Pending": 5}
    assert progress.stop is not None


def test_after_the_budget_what_is_in_the_cache_is_still_read() -> None:
    cache = MemoryCache()
    with Server(Script(reply=say)) as server:
        hold(list(jobs(10))[5:], server.url, cache)
        outcomes, _ = hold(jobs(10), server.url, cache, DriverOptions(budget=Budget(calls=0)))
    assert kinds(outcomes) == {"Done": 5, "Pending": 5}


def test_a_budget_in_money_without_a_price_is_refused_before_anything_is_asked() -> None:
    with Server() as server:
        with pytest.raises(BudgetError, match="no price"):
            hold(jobs(1), server.url, options=DriverOptions(budget=Budget(money=1.0)))
        assert server.counts["asked"] == 0


def test_a_server_that_is_not_there_stops_the_run_with_one_reason() -> None:
    options = DriverOptions(backoff=FAST, first_patience=0.1, concurrency=8)
    outcomes, progress = hold(jobs(500), "http://127.0.0.1:9/v1", options=options)
    assert kinds(outcomes) == {"Pending": 500}
    assert progress.stop is not None
    assert "Nothing answers at http://127.0.0.1:9/v1" in progress.stop.message


def test_a_server_that_goes_away_and_comes_back_costs_only_time() -> None:
    faults = Faults(first=("ok",) * 10 + ("503",) * 9)
    with Server(Script(reply=say, faults=faults)) as server:
        outcomes, _ = hold(jobs(60), server.url, options=DriverOptions(backoff=FAST, concurrency=4))
    assert kinds(outcomes) == {"Done": 60}


def test_a_server_that_refuses_everything_is_not_asked_for_every_chunk() -> None:
    with Server(Script(faults=Faults(shares=(("400", 1.0),)))) as server:
        outcomes, progress = hold(jobs(500), server.url, options=DriverOptions(concurrency=4))
        assert server.counts["asked"] < 40
    assert len(outcomes) == 500
    assert progress.stop is not None
    assert progress.stop.kind == "refused"


def test_a_refused_request_fails_its_job_alone() -> None:
    with Server(Script(reply=say, context=150)) as server:
        long = [Job("long", one(ask("word " * 1000)))]
        outcomes, _ = hold([*jobs(3), *long], server.url)
    failed = [o for o in outcomes if isinstance(o, Failed)]
    assert [(o.id, o.problem.code) for o in failed] == [("long", "context_overflow")]
    assert kinds(outcomes)["Done"] == 3


def test_a_server_that_is_too_slow_leaves_jobs_pending() -> None:
    options = DriverOptions(timeout=0.05, retries=1, backoff=FAST, first_patience=10)
    with Server(Script(latency=2)) as server:
        outcomes, _ = hold(jobs(3), server.url, options=options)
    assert kinds(outcomes) == {"Pending": 3}
    assert all("0.05 seconds" in o.problem.message for o in outcomes if isinstance(o, Pending))


def test_a_wrong_key_stops_the_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-key-000")
    with Server(Script(key="sk-right")) as server, pytest.raises(Unauthorized, match="OPENAI_API_KEY") as caught:
        hold(jobs(1000), server.url)
    assert "sk-wrong" not in str(caught.value)


def test_an_account_without_credit_stops_the_run() -> None:
    with Server(Script(faults=Faults(first=("ok", "quota")), reply=say)) as server:
        with pytest.raises(ModelError, match="quota"):
            hold(jobs(100), server.url, options=DriverOptions(concurrency=1))
        assert server.counts["asked"] == 2


def test_calls_in_flight_land_and_are_used_before_an_error_ends_the_run() -> None:
    cache, outcomes = MemoryCache(), list[Outcome[str]]()

    async def main(url: str) -> None:
        model = OpenAIModel("any", base_url=url)
        try:
            async with drive(jobs(100), model, cache, DriverOptions(concurrency=8)) as run:
                async for outcome in run:
                    outcomes.append(outcome)
        finally:
            await model.close()

    with Server(Script(faults=Faults(first=("quota",)), reply=say, latency=0.3)) as server:
        with pytest.raises(ModelError, match="quota"):
            run_sync(main(server.url))
        assert (server.counts["asked"], len(cache.rows)) == (8, 7)
    assert kinds(outcomes) == {"Done": 7, "Pending": 1}


def test_a_request_that_a_filter_refuses_fails_alone_where_others_are_answered() -> None:
    with Server(Script(reply=say, faults=Faults(first=("ok", "403", "ok", "403")))) as server:
        outcomes, progress = hold(jobs(40), server.url, options=DriverOptions(concurrency=1))
    failed = [o for o in outcomes if isinstance(o, Failed)]
    assert [(o.problem.code, "403" in o.problem.message) for o in failed] == [("bad_request", True)] * 2
    assert (kinds(outcomes), progress.stop) == ({"Done": 38, "Failed": 2}, None)


def test_a_403_before_the_first_answer_leaves_its_job_pending_and_the_run_goes_on() -> None:
    with Server(Script(reply=say, faults=Faults(first=("403", "403")))) as server:
        outcomes, _ = hold(jobs(10), server.url, options=DriverOptions(concurrency=1))
    assert kinds(outcomes) == {"Pending": 2, "Done": 8}


@pytest.mark.parametrize(("answered", "refused"), [((), 3), (("ok",), 20)])
def test_nothing_but_403_ends_the_run(answered: tuple[Fault, ...], refused: int) -> None:
    with Server(Script(reply=say, faults=Faults(answered, (("403", 1.0),)))) as server:
        with pytest.raises(Unauthorized, match="403"):
            hold(jobs(100), server.url, options=DriverOptions(concurrency=1))
        assert server.counts["403"] == refused


def test_a_wait_that_nobody_sits_out_stops_the_run() -> None:
    script = Script(reply=say, faults=Faults(first=("ok", "429")), retry_after=3600)
    with Server(script) as server:
        outcomes, progress = hold(jobs(20), server.url, options=DriverOptions(concurrency=1))
        assert server.counts["asked"] == 2
    assert kinds(outcomes) == {"Done": 1, "Pending": 19}
    assert progress.stop is not None
    assert "3600" in progress.stop.message


def one(question: Ask) -> Turns[str]:
    [answer] = yield [question]
    return answer.text


def talk(number: int, width: int) -> Turns[str]:
    """A turn of several questions, one without any, then one that depends on the answers."""
    answers = yield [ask(f"number {number}.{i}") for i in range(width)]
    nothing = yield []
    assert not nothing
    [last] = yield [ask("sum " + " ".join(answer.text for answer in answers), most=200)]
    return last.text


def test_a_dialogue_of_several_turns_gets_its_answers_in_order() -> None:
    rules = (Rule(r"^number (\S+)$", r"\1"), Rule(r"^sum (.*)$", r"\1"))
    with Server(Script(rules=rules, faults=Faults(shares=(("500", 0.1),)))) as server:
        outcomes, _ = hold([Job(str(i), talk(i, 5)) for i in range(20)], server.url)
    assert {o.id: o.result for o in outcomes if isinstance(o, Done)} == {
        str(i): " ".join(f"{i}.{j}" for j in range(5)) for i in range(20)
    }
    assert all(len(o.answers) == 6 and o.made == 6 for o in outcomes if isinstance(o, Done))


def test_a_job_that_asks_much_does_not_hold_up_the_others() -> None:
    with Server(Script(reply=say, latency=0.005)) as server:
        work = [Job("wide", talk(0, 100)), *jobs(10)]
        outcomes, _ = hold(work, server.url, options=DriverOptions(concurrency=2))
    assert [o.id for o in outcomes][-1] == "wide"


def test_jobs_are_pulled_only_as_there_is_room() -> None:
    pulled = 0

    def source() -> Iterator[Job[str]]:
        nonlocal pulled
        for job in jobs(5000):
            pulled += 1
            yield job

    async def main(url: str) -> None:
        model = OpenAIModel("any", base_url=url)
        async with drive(source(), model, MemoryCache(), DriverOptions(concurrency=4)) as run:
            async for _ in run:
                break
            await asyncio.sleep(0.3)
        await model.close()

    with Server(Script(reply=say)) as server:
        asyncio.run(main(server.url))
    assert pulled < 600


def test_jobs_may_come_from_an_asynchronous_source() -> None:
    async def source() -> AsyncIterator[Job[str]]:
        for job in jobs(30):
            await asyncio.sleep(0.001)
            yield job

    with Server(Script(reply=say)) as server:
        outcomes, _ = hold(source(), server.url)
    assert kinds(outcomes) == {"Done": 30}


def test_what_a_source_raises_goes_through() -> None:
    async def source() -> AsyncIterator[Job[str]]:
        yield Job("first", echo(1))
        raise OSError("disk gone")

    with Server(Script(reply=say)) as server, pytest.raises(OSError, match="disk gone"):
        hold(source(), server.url)


def test_a_strategy_that_raises_is_named_with_its_job() -> None:
    def bad() -> Turns[str]:
        [answer] = yield [ask("number 1")]
        return answer.texts[5]

    cache = MemoryCache()
    with Server(Script(reply=say)) as server, pytest.raises(StrategyError, match="failed on chunk-9: IndexError"):
        hold([Job("chunk-9", bad())], server.url, cache)
    assert len(cache.rows) == 1


@pytest.mark.parametrize(("grace", "given_up"), [(0.0, 8), (5.0, 0)])
def test_a_cancelled_run_keeps_what_was_paid(grace: float, given_up: int) -> None:
    cache = MemoryCache()

    async def main(url: str) -> None:
        model = OpenAIModel("any", base_url=url)
        run = drive(jobs(500), model, cache, DriverOptions(concurrency=8, grace=grace))
        seen = 0
        async with asyncio.timeout(5):
            async for _ in run:
                seen += 1
                if seen == 20:
                    asyncio.current_task().cancel()  # type: ignore[union-attr]
        await model.close()

    with Server(Script(reply=say, latency=0.01)) as server:
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(main(server.url))
        given = server.counts["answered"]
        assert given - given_up <= len(cache.rows) <= given
        hold(jobs(500), server.url, cache)
        assert server.counts["asked"] - 500 <= given_up


def test_an_interrupted_run_waits_for_calls_in_flight_and_says_what_is_left() -> None:
    cache = MemoryCache()

    async def main(url: str) -> tuple[list[Outcome[str]], Progress]:
        model = OpenAIModel("any", base_url=url)
        outcomes: list[Outcome[str]] = []
        async with drive(jobs(500), model, cache, DriverOptions(concurrency=8, grace=5)) as run:
            async for outcome in run:
                outcomes.append(outcome)
                if len(outcomes) == 20:
                    run.interrupt()
        await model.close()
        return outcomes, run.progress

    with Server(Script(reply=say, latency=0.01)) as server:
        outcomes, progress = asyncio.run(main(server.url))
        assert server.counts["answered"] == server.counts["asked"] == len(cache.rows) == kinds(outcomes)["Done"]
    assert kinds(outcomes)["Pending"] > 0
    assert progress.stop is not None
    assert progress.stop.kind == "interrupted"


def test_an_interrupted_run_without_grace_gives_calls_up() -> None:
    async def main(url: str) -> list[Outcome[str]]:
        model = OpenAIModel("any", base_url=url)
        run = drive(jobs(20), model, MemoryCache(), DriverOptions(concurrency=4))
        asyncio.get_running_loop().call_later(0.1, run.interrupt)
        outcomes = [outcome async for outcome in run]
        await model.close()
        return outcomes

    with Server(Script(reply=say, latency=60)) as server:
        outcomes = asyncio.run(main(server.url))
    assert {o.problem.code for o in outcomes if isinstance(o, Pending)} == {"interrupted"}


def test_answers_are_committed_before_they_are_used() -> None:
    cache = MemoryCache()

    def careful() -> Turns[str]:
        [answer] = yield [ask("number 1")]
        assert answer.key in cache.rows
        return answer.key

    with Server(Script(reply=say)) as server:
        [outcome], _ = hold([Job("one", careful())], server.url, cache)
    assert isinstance(outcome, Done)
    assert outcome.answers == (outcome.result,)


def test_a_cache_that_cannot_be_written_ends_the_run_with_its_error() -> None:
    class Full(MemoryCache):
        def put(self, rows: Sequence[tuple[Ask, Answer]]) -> None:
            raise OSError("no space left")

    with Server(Script(reply=say)) as server, pytest.raises(OSError, match="no space left"):
        hold(jobs(10), server.url, Full())


def test_a_model_with_a_mistake_of_its_own_is_not_taken_for_a_server_that_is_down() -> None:
    class Broken:
        name = "broken:one"
        abilities = frozenset({"chat"})

        async def answer(self, _: Ask) -> Answer:
            raise ZeroDivisionError

        async def close(self) -> None: ...

    async def main() -> None:
        model: Model = Broken()  # type: ignore[assignment]
        async with drive(jobs(3), model, MemoryCache()) as run:
            async for _ in run:
                pass

    with pytest.raises(ZeroDivisionError):
        asyncio.run(main())


def test_progress_adds_up_at_any_moment() -> None:
    seen: list[Progress] = []
    with Server(Script(reply=say, latency=0.005)) as server:
        hold(jobs(100), server.url, options=DriverOptions(concurrency=8, progress_every=0.0), watch=seen.append)
    assert all(p.in_flight <= 8 and p.done + p.failed + p.pending <= 100 for p in seen)
    assert (seen[-1].done, seen[-1].in_flight) == (100, 0)
    assert seen[-1].cost is None


def test_it_runs_where_an_event_loop_is_already_running() -> None:
    async def notebook(url: str) -> list[Outcome[str]]:
        return hold(jobs(10), url)[0]

    with Server(Script(reply=say)) as server:
        assert kinds(asyncio.run(notebook(server.url))) == {"Done": 10}
    assert threading.current_thread() is threading.main_thread()


def test_answers_are_named_in_the_order_asked_whatever_came_first() -> None:
    def slow_first() -> Turns[str]:
        answers = yield [ask("a", 50), ask("b", 50)]
        return " ".join(answer.key for answer in answers)

    rules = (Rule("^a$", "x " * 90), Rule("^b$", "x"))
    with Server(Script(rules=rules, per_token=0.002)) as server:
        [outcome], _ = hold([Job("one", slow_first())], server.url)
    assert isinstance(outcome, Done)
    assert " ".join(outcome.answers) == outcome.result


def test_a_server_that_is_down_and_then_refuses_by_rate_is_asked_on() -> None:
    faults = Faults(first=("ok",) + ("503",) * 6 + ("429",) * 3)
    with Server(Script(reply=say, faults=faults)) as server:
        outcomes, _ = hold(jobs(30), server.url, options=DriverOptions(backoff=FAST, concurrency=3))
    assert kinds(outcomes) == {"Done": 30}


PROGRAM = """
import sys
from kgc.llm.cache import MemoryCache
from kgc.llm.driver import drive
from kgc.llm.jobs import Job
from kgc.llm.loop import run_sync
from kgc.llm.openai import OpenAIModel
from kgc.llm.options import DriverOptions
from kgc.llm.turns import Ask, Message

def echo(i):
    [answer] = yield [Ask((Message("user", f"number {i}"),), "t")]

async def main(cache):
    model = OpenAIModel("any", base_url=sys.argv[1])
    async with drive((Job(str(i), echo(i)) for i in range(10**6)), model, cache, DriverOptions(concurrency=8)) as run:
        async for outcome in run:
            print("begun", flush=True)

cache = MemoryCache()
async def notebook():
    run_sync(main(cache))
try:
    import asyncio
    asyncio.run(notebook()) if sys.argv[2] == "notebook" else run_sync(main(cache))
except KeyboardInterrupt:
    print("kept", len(cache.rows), flush=True)
"""


@pytest.mark.parametrize("where", ["plain", "notebook"])
def test_ctrl_c_ends_the_run_and_keeps_what_was_paid(where: str, repository: Path) -> None:
    with Server(Script(reply=say, latency=0.01)) as server:
        command = [sys.executable, "-c", PROGRAM, server.url, where]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=repository) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=20)
        last = rest.splitlines()[-1]
        assert last.startswith("kept ")
        assert server.counts["answered"] - 8 <= int(last.split()[1]) <= server.counts["answered"]
