"""Replaying a past of 20,000 events on a slow tablet: what is downloaded, and how long a step takes.

download: the history as the page fetches it, each step with its sentence, packed by gzip; its floor is the same
patches as bare JSON (positions and entries, without sentences, times and actors), packed the same way.
step: Chromium slowed to a sixth; from pressing an arrow key until the page is laid out with the new moment: document,
ruler and sentence; the log and the panes beside follow when the browser has nothing else to do. Its floor is what the
browser takes for the least that a step is: a word more in the sentence and in the document, and the page laid out.
Steps go forward and back at five places spread over the past, each after as long as somebody takes to look at the
page; a jump goes from one end to the other. A slowed browser is slowed by fits and starts: the same step takes 5 ms or
20. So each step is taken as often as the page is loaded anew, always as on a first visit, and its own figure is the
median of those. Figures are medians and 95th percentiles of the steps' own figures in milliseconds; "once" is the
95th percentile of single measurements, "full" a step in the same browser at its full speed. A step should stay under
16 ms, and "under" is how many do, the download at or below 2.5 times its floor.
"""

import asyncio
import gzip
import json
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks import table
from benchmarks._past import PASTS, Past, fill
from benchmarks.fanout import free_port, running, wait_for
from daybook.server.cli import ensure_sample
from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.postgres import migrate

EVENTS = 20_000
SLOWED = 6
PLACES = (0.02, 0.25, 0.5, 0.75, 0.97)  # of the whole past
STEPS = 40  # forward and as many back, at each place
LOADS = 3  # of the page at each place, with the same steps each time
LIMIT_MS = 16
JUMPS = 10
LOOKING_MS = 4_000  # at a page that was just opened; a slow tablet goes on laying out what is not in sight

_TIMED = """const timed = async (acts) => {
    const took = [];
    for (const act of acts) {
        const start = performance.now();
        act();
        void document.body.offsetHeight;
        took.push(performance.now() - start);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    return took;
};"""
_STEP = f"""(keys) => {{
    {_TIMED}
    const press = (key, shiftKey) =>
        document.dispatchEvent(new KeyboardEvent("keydown", {{ key, shiftKey, bubbles: true, cancelable: true }}));
    return timed(keys.map(([key, shiftKey]) => () => press(key, shiftKey)));
}}"""
_FLOOR = f"""(times) => {{
    {_TIMED}
    const places = ["#player-now .player-said", ".changed"];
    const words = places.map((place) => [document.querySelector(place), document.createTextNode(" word")]);
    if (words.some(([where]) => !where)) throw new Error("the page has no place for a word");
    const put = () => words.forEach(([where, word]) => where.append(word));
    const take = () => words.forEach(([, word]) => word.remove());
    return timed(Array.from({{ length: times }}, (_, n) => (n % 2 ? take : put)));
}}"""
_READY = """async (stream) => {
    const { Past } = await import("/static/replay-state.js");
    const { patches } = await (await fetch(`/api/v1/history/${stream}?lang=en`)).json();
    const start = performance.now();
    new Past(patches);
    return performance.now() - start;
}"""


def download(url: str, past: Past, cookie: dict[str, str]) -> list[str]:
    with httpx.stream("GET", f"{url}/api/v1/history/{past.stream}", cookies=cookie, timeout=60) as answer:
        packed = b"".join(answer.iter_raw())
    plain = gzip.decompress(packed)
    steps = json.loads(plain)["patches"]
    bare = json.dumps([[step["position"], step["patch"]] for step in steps], separators=(",", ":")).encode()
    least = gzip.compress(bare, 5)
    return [
        f"{len(steps):,}",
        f"{len(plain) / 1e6:.2f}",
        f"{len(packed) / 1e3:.0f}",
        f"{len(least) / 1e3:.0f}",
        f"{len(packed) / len(least):.2f}",
    ]


def opened(browser: Browser, url: str, past: Past, cookie: dict[str, str]) -> tuple[Page, CDPSession]:
    context = browser.new_context(base_url=url, viewport={"width": 1180, "height": 820})  # a tablet, held sideways
    context.set_default_timeout(120_000)
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookie.items()])
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    slow(devtools, SLOWED)
    page.goto(past.page)
    page.wait_for_selector(".player-play")
    return page, devtools


def slow(devtools: CDPSession, times: float) -> None:
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})


def times(browser: Browser, url: str, past: Past, cookie: dict[str, str]) -> list[str]:
    page, devtools = opened(browser, url, past, cookie)
    there_and_back = [["ArrowRight", False]] * STEPS + [["ArrowLeft", False]] * STEPS
    positions = page.evaluate(
        "async (stream) => (await (await fetch(`/api/v1/history/${stream}`)).json()).patches.map(one => one.position)",
        past.stream,
    )
    took: list[float] = []
    full: list[float] = []
    floor: list[float] = []
    once: list[float] = []
    for place in PLACES:
        loads: list[list[float]] = []
        for _ in range(LOADS):
            page.goto(f"{past.page}?at={positions[round(place * len(positions))]}")
            page.wait_for_selector(".player-play")
            page.evaluate(_STEP, [["ArrowRight", False], ["ArrowLeft", False]])  # what is compiled once is not a step
            page.wait_for_timeout(LOOKING_MS)
            floor += page.evaluate(_FLOOR, STEPS)
            loads.append(page.evaluate(_STEP, there_and_back))
        once += loads[0]
        took += [median(same) for same in zip(*loads, strict=True)]
        slow(devtools, 1)
        full += page.evaluate(_STEP, there_and_back)
        slow(devtools, SLOWED)
    jumps: list[float] = page.evaluate(_STEP, [["End", False], ["Home", False]] * (JUMPS // 2))
    ready: float = page.evaluate(_READY, past.stream)
    page.context.close()  # a slowed page keeps a processor busy, also where it does nothing
    return [
        f"{ready:.0f}",
        f"{median(floor):.1f}",
        f"{median(took):.1f}",
        f"{percentile(took, 95):.1f}",
        f"{max(took):.1f}",
        f"{sum(one < LIMIT_MS for one in took) / len(took):.0%}",
        f"{percentile(once, 95):.1f}",
        f"{median(took) / median(floor):.1f}",
        f"{median(full):.1f}",
        f"{percentile(full, 95):.1f}",
        f"{median(jumps):.0f}",
    ]


def percentile(figures: list[float], of: int) -> float:
    return sorted(figures)[len(figures) * of // 100]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="daybook-replay-"))
    conninfo = start_postgres(folder)
    migrate(conninfo)
    asyncio.run(ensure_sample(conninfo, date(2026, 3, 17)))
    for past in PASTS.values():
        fill(conninfo, past, EVENTS)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    os.environ["DATABASE_URL"] = conninfo
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        sys.exit("There is no Chromium. Debian: apt-get install chromium")
    downloads: list[list[str]] = []
    steps: list[list[str]] = []
    with running("-m", "daybook.server.cli", "demo", "--port", str(port)), sync_playwright() as playwright:
        wait_for(port)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for kind, past in PASTS.items():
            cookie: dict[str, Any] = dict(httpx.post(f"{url}/demo/sign-in", data={"person": past.person}).cookies)
            downloads.append([kind, *download(url, past, cookie)])
            steps.append([kind, *times(browser, url, past, cookie)])
        browser.close()
    stop_postgres(folder)
    table(["past", "steps", "plain MB", "packed KB", "floor KB", "ratio"], downloads)
    print()
    slowed = ["ready ms", "floor ms", "step ms", "p95 ms", "most ms", "under", "once p95", "ratio"]
    table(["past", *slowed, "full ms", "full p95", "jump ms"], steps)
