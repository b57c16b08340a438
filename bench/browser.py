"""How fast the browser's Explore page is: `python bench/browser.py [FACTS]` (default 1,000,000).

Real Chromium on `kgc browse` over a workspace that `bench/browser_ledger.py` makes once in `.work/bench`. What is timed
is what a person waits for: from an act to the picture that answers it, read off the drawing itself. Each figure is the
median of several; the load of the machine stands beside them, since two cores serve the page, the server and this.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import browser_ledger
from bench.measure import REPOSITORY, WORK, load, table
from kgc.ledger.connection import VERSION

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HEAD = ("what", "measured", "wanted", "load")
Row = tuple[str, str, str, str]
ACTS = 200
FRAMES = """async (e) => {
  const cy = e.kgc.cy, times = [];
  let last = performance.now();
  for (let n = 0; n < 90; n += 1) {
    cy.panBy({ x: n % 30 < 15 ? 9 : -9, y: 4 * Math.sin(n) });
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return 1000 / (times.slice(5).reduce((a, b) => a + b) / (times.length - 5));
}"""
MANY = """([e, dots]) => {
  const d = e.kgc.data, kinds = d.kinds.length;
  const made = { ...d, space: `bench${dots}${Math.random()}`, chosen: "" };
  made.dots = [...Array(dots).keys()].map((n) => [`b${n}`, `Entity ${n}`, n % kinds, "", 0, 0.3, 0, 0, ""]);
  made.lines = [...Array(dots * 1.5).keys()].map(
    (n) => [`l${n}`, `b${n % dots}`, `b${(n * 7 + (n >> 3)) % dots}`, "Knows", "proposed", 0.8, 0, ""]);
  return made;
}"""


def able() -> bool:
    """Whether a browser and what drives it are here."""
    return bool(find_spec("streamlit") and find_spec("playwright") and _chromium())


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def measure(facts: int = 1_000_000) -> list[Row]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only this benchmark needs a browser

    found: list[Row] = []
    with serving(workspace(facts)) as (address, process), sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
        browser = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(60_000)

        def tell(what: str, value: str, wanted: str) -> None:
            found.append((what, value, wanted, f"{load():.1f}"))
            print(f"  {what}: {value} (wanted {wanted}), load {load():.1f}", file=sys.stderr, flush=True)

        arriving(page, address, tell)
        searching(page, tell)
        expanding(page, tell)
        drawing_many(page, tell)
        acting(page, address, process, tell)
        browser.close()
    return found


Tell = Callable[[str, str, str], None]


def arriving(page: Page, address: str, tell: Tell) -> None:
    """From the address to the first picture: of a server that nobody used yet, then again."""
    times = [timed(lambda: (page.goto(f"{address}/explore"), drawn(page))) for _ in range(4)]
    tell("first paint, server just started", f"{times[0]:.2f} s", "")
    tell("first paint of Explore", f"{median(times[1:]):.2f} s", "< 2 s")


def searching(page: Page, tell: Tell) -> None:
    """From the last key to the suggestions of what was typed; from Enter to the picture."""
    field, waits, focuses = page.get_by_label("Search names"), [], []
    for typed in ("ada b", "lind", "halv", "mar", "viktor", "osk"):
        field.fill("")
        settle(page)
        field.focus()
        waits.append(timed(lambda t=typed: (field.fill(t), suggestions(page, t))))
        settle(page)
        first = page.locator("[role=option]").first.get_attribute("data-entity")
        focuses.append(timed(lambda f=first: (page.keyboard.press("Enter"), chosen(page, str(f)))))
        settle(page)
    tell("search: key to suggestions", f"{median(waits) * 1e3:.0f} ms", "< 150 ms")
    tell("search: focus drawn", f"{median(focuses):.2f} s", "< 1 s")


def expanding(page: Page, tell: Tell) -> None:
    """Fifty neighbours of the hub with a hundred thousand facts, while few stand."""
    times = []
    for _ in range(5):
        search(page, browser_ledger.HUB.lower())
        if count(page) > 1:
            page.get_by_role("button", name="Only this").click()
            wait(page, lambda: count(page) == 1)
            settle(page)
        stage(page).focus()
        times.append(timed(lambda: (page.keyboard.press("e"), wait(page, lambda: count(page) == 51))))
        settle(page)
    tell("expand 50 of 100,000 neighbours", f"{median(times) * 1e3:.0f} ms", "< 500 ms")


def drawing_many(page: Page, tell: Tell) -> None:
    """Elements given to the drawing at once, without a server: layout and first frame; then frames while panned."""
    for dots, wanted in ((120, "< 3 s"), (800, "< 5 s")):
        elements = int(dots * 2.5)
        canvas = graph(page)
        took = canvas.evaluate(
            f"""async (e) => {{ const made = ({MANY})([e, {dots}]), start = performance.now(); e.kgc.show(made);
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            return performance.now() - start; }}"""
        )
        tell(f"{elements:,} elements drawn", f"{took / 1e3:.2f} s", wanted)
        frames = median([canvas.evaluate(FRAMES) for _ in range(3)])
        tell(f"{elements:,} elements panned", f"{frames:.0f} frames/s", ">= 50" if dots > 120 else "")


def acting(page: Page, address: str, process: int, tell: Tell) -> None:
    """Two hundred acts: what the server and the page hold before and after."""
    page.goto(f"{address}/explore")
    drawn(page)
    settle(page)
    before = heap(page)
    for n in range(ACTS // 4):
        search(page, ("ada b. l", "lind", "halv", "mira")[n % 4])
        for key in ("e", "h", "u"):
            stage(page).focus()
            page.keyboard.press(key)
            settle(page)
        if n == 4:
            before, early = heap(page), resident(process)
    tell("server's memory", f"{resident(process):.0f} MiB", "< 500 MB")
    tell(f"server's growth over {ACTS} acts", f"{resident(process) - early:+.0f} MiB", "none")
    tell(f"page's growth over {ACTS} acts", f"{heap(page) - before:+.1f} MiB", "none")


# The page


def graph(page: Page) -> Locator:
    return page.locator(".kgc-graph").first


def stage(page: Page) -> Locator:
    return graph(page).locator(".stage")


def count(page: Page) -> int:
    return int(graph(page).get_attribute("data-dots") or 0)


def drawn(page: Page) -> None:
    graph(page).locator(".chip").first.wait_for()


def suggestions(page: Page, typed: str) -> None:
    page.locator(f'.found.shown[data-text="{typed}"] li').first.wait_for()


def chosen(page: Page, id_: str) -> None:
    page.locator(f'.kgc-graph[data-chosen="{id_}"]').first.wait_for()


def search(page: Page, typed: str) -> None:
    page.get_by_label("Search names").fill(typed)
    suggestions(page, typed)
    first = page.locator("[role=option]").first.get_attribute("data-entity")
    page.keyboard.press("Enter")
    chosen(page, str(first))
    settle(page)


def settle(page: Page) -> None:
    page.wait_for_timeout(30)
    page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]')


def wait(page: Page, holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.perf_counter() + seconds
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError("the page did not come to what was waited for")
        page.wait_for_timeout(5)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def heap(page: Page) -> float:
    """MiB of JavaScript objects that are still in use."""
    return float(page.evaluate("() => { gc(); gc(); return performance.memory.usedJSHeapSize / 1048576; }"))


# The server


def workspace(facts: int) -> Path:
    """Made once; delete it to make it again."""
    path = WORK / f"browser-{facts}-v{VERSION}"
    if not (path / ".kgc" / "ledger.db").is_file():
        print(f"Writing a workspace of {facts:,} facts to {path} …", file=sys.stderr, flush=True)
        browser_ledger.write(path, facts)
    return path


@contextmanager
def serving(path: Path) -> Iterator[tuple[str, int]]:
    """The address of a fresh server, and its process. Raises `RuntimeError` when it does not come up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "kgc", "browse", "-w", str(path), "--no-open", "--port", str(port)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}")
            if _alive(address):
                break
            time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _alive(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False


def resident(process: int) -> float:
    """MiB that the server's process holds in memory, shared pages of files included."""
    told = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", told)
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{os.cpu_count()} cores, {facts:,} facts", flush=True)
    print(table(HEAD, measure(facts)))


if __name__ == "__main__":
    main()
