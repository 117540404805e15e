"""Loads a page in Chromium as on a slow phone line, and says what was sent and when it was painted.

How the first paint of the map is told: Chromium sends every frame that it shows
(`Page.startScreencast`), with the time. After the load, points are chosen on the regions
and prefectures and along the curves in the gutter between the maps, where nothing else
lies over them. The last frame says which colours these points have when all is drawn. The
map counts as painted in the first frame where nine in ten of the points on land, and nine in
ten of those on curves, have these colours (within a pixel, and a little colour). Points that have
the colour of the page or of the sea in the last frame tell nothing and are left out, so that
no empty frame counts. A frame is timed when the compositor hands it over, against the
`timeOrigin` of the page: when it was asked for.

Filming takes its own share of two processors, so each load is also made without it, and
the page's own clock read: two frames after the map was parsed (`CLOCK`).
"""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, CDPSession, Page

from bench.serving import fetch

WINDOW = {"width": 1280, "height": 900}
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# After the load, so that scripts can finish and the last frame is the whole page.
SECONDS_TO_SETTLE = 2
SHARE = 0.9

# Where the map is, as points of the window.
POINTS = """() => {
  const inside = ([x, y]) => x > 1 && y > 1 && x < innerWidth - 1 && y < innerHeight - 1;
  const map = [...document.querySelectorAll("[data-map]")].find((element) => element.clientWidth);
  const box = map.getBoundingClientRect();
  const land = [];
  for (let x = box.left + 4; x < box.right; x += 8) {
    for (let y = box.top + 4; y < box.bottom; y += 8) {
      if (document.elementFromPoint(x, y)?.closest("[data-territory]")) land.push([x, y]);
    }
  }
  const [italy, japan] = [...map.querySelectorAll(".pane")].map((pane) => pane.getBoundingClientRect());
  const free = ([x, y]) => !japan || (x > italy.right + 2 && x < japan.left - 2) || (y > italy.bottom + 2 && y < japan.top - 2);
  const curves = [...map.querySelectorAll(".curve .line:not(.line--hit), .bundle .line")].flatMap((line) => {
    const matrix = line.getScreenCTM();
    const length = line.getTotalLength();
    return Array.from({ length: 200 }, (_, n) => line.getPointAtLength((length * n) / 200).matrixTransform(matrix))
      .map(({ x, y }) => [x, y]).filter(free);
  });
  const grounds = [document.documentElement, document.body, map, map.querySelector(".pane")]
    .map((element) => getComputedStyle(element).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number));
  return { land: land.filter(inside), curves: curves.filter(inside), grounds: [...grounds, [255, 255, 255]] };
}"""

# When the browser could show the map for the first time: two frames after it has been parsed.
CLOCK = """new MutationObserver((_changes, observer) => {
  if (!document.querySelector(".legend")) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.mapShown = performance.now(); }));
}).observe(document, { childList: true, subtree: true });"""

# Which of the frames show the map; runs on an empty page, so that it slows nothing down.
JUDGE = """async ({ frames, land, curves, grounds, width, share }) => {
  const near = (a, b) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]) < 24;
  async function read(data) {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    const { data: bytes } = context.getImageData(0, 0, picture.width, picture.height);
    const scale = picture.width / width;
    return (x, y, right = 0, down = 0) => {
      const column = Math.min(picture.width - 1, Math.max(0, Math.round(x * scale) + right));
      const row = Math.min(picture.height - 1, Math.max(0, Math.round(y * scale) + down));
      const at = 4 * (row * picture.width + column);
      return [bytes[at], bytes[at + 1], bytes[at + 2]];
    };
  }
  const last = await read(frames.at(-1));
  const telling = (points) => points.filter(([x, y]) => !grounds.some((colour) => near(colour, last(x, y))));
  const [onLand, onCurves] = [telling(land), telling(curves)];
  const shown = (frame, points) => points.filter(([x, y]) => [-1, 0, 1].some((right) => [-1, 0, 1].some((down) => near(frame(x, y, right, down), last(x, y))))).length / points.length;
  const shares = [];
  for (const data of frames) {
    const frame = await read(data);
    shares.push([shown(frame, onLand), shown(frame, onCurves)]);
  }
  const first = shares.findIndex((pair) => pair.every((part) => part >= share));
  return { first, land: onLand.length, curves: onCurves.length, shares };
}"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A response: what kind of thing it is, and its bytes with their headers."""

    url: str
    kind: str
    encoding: str
    size: int


@dataclass(slots=True)
class Load:
    """What one cold load of the page took; times are milliseconds from when it was asked for."""

    first_paint: float = 0
    first_content: float = 0
    map_paint: float = 0
    map_shown: float = 0
    points: tuple[int, int] = (0, 0)
    sent: list[Sent] = field(default_factory=list)


def load_cold(browser: Browser, url: str) -> Load:
    """Load a page with an empty cache, on a slow line and a slow processor."""
    context = browser.new_context(viewport=WINDOW, device_scale_factor=1)  # type: ignore[arg-type] # a size
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        traffic = _listen(session)
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        frames = _film(session)
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(SECONDS_TO_SETTLE * 1000)
        session.send("Page.stopScreencast")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        load = Load(sent=_with_icon(page, traffic))
        _read_paints(page, load)
        _read_map(page, frames, load)
    finally:
        context.close()
    load.map_shown = time_unfilmed(browser, url)
    return load


def time_unfilmed(browser: Browser, url: str) -> float:
    """Milliseconds until the page could first show the map, by its own clock, on a cold load like `load_cold`."""
    context = browser.new_context(viewport=WINDOW, device_scale_factor=1)  # type: ignore[arg-type] # a size
    try:
        page = context.new_page()
        page.add_init_script(CLOCK)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(url, wait_until="networkidle")
        shown: float = page.evaluate("window.mapShown")
        return shown
    finally:
        context.close()


def _listen(session: CDPSession) -> dict[str, Sent]:
    """Every response by the id of its request, as it comes; none for `data:`."""
    kinds: dict[str, tuple[str, str, str]] = {}
    traffic: dict[str, Sent] = {}

    def begin(event: Any) -> None:
        response = event["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        encoding = headers.get("content-encoding", "")
        kinds[event["requestId"]] = (response["url"], event["type"], encoding)

    def end(event: Any) -> None:
        about = kinds.get(event["requestId"])
        if about and not about[0].startswith("data:"):
            traffic[event["requestId"]] = Sent(*about, round(event["encodedDataLength"]))

    session.on("Network.responseReceived", begin)
    session.on("Network.loadingFinished", end)
    session.send("Network.enable")
    return traffic


def _film(session: CDPSession) -> list[tuple[float, str]]:
    """Every frame that is shown from now on, with its time in seconds."""
    frames: list[tuple[float, str]] = []

    def keep(event: Any) -> None:
        frames.append((event["metadata"].get("timestamp", time.time()), event["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.enable")
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    return frames


def _with_icon(page: Page, traffic: dict[str, Sent]) -> list[Sent]:
    """All responses, with the icon, for which some versions of Chromium ask only in a window."""
    sent = list(traffic.values())
    href = page.evaluate('document.querySelector("link[rel~=icon]")?.getAttribute("href") ?? ""')
    url = urljoin(page.url, href or "/favicon.ico")
    if not url.startswith("data:") and url not in {one.url for one in sent}:
        body, encoding = fetch(url, "gzip")
        sent.append(Sent(url, "Other", encoding, len(body)))
    return sent


def _read_paints(page: Page, load: Load) -> None:
    paints = page.evaluate(
        'performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime])'
    )
    times = dict(paints)
    load.first_paint = times["first-paint"]
    load.first_content = times["first-contentful-paint"]


def _read_map(page: Page, frames: list[tuple[float, str]], load: Load) -> None:
    """When the map was first on screen, as the module says."""
    points = page.evaluate(POINTS)
    origin = page.evaluate("performance.timeOrigin") / 1000
    seen = [(at, data) for at, data in frames if at >= origin]
    judge = page.context.new_page()
    question = points | {"width": WINDOW["width"], "share": SHARE}
    verdict = judge.evaluate(JUDGE, question | {"frames": [data for _, data in seen]})
    load.points = (verdict["land"], verdict["curves"])
    if verdict["first"] < 0 or not all(load.points):
        raise SystemExit(f"The map cannot be told in this window: {load.points} points.")
    load.map_paint = (seen[verdict["first"]][0] - origin) * 1000
