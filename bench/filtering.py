"""Changes the filter of a page as a reader does, and says how long the answer takes to appear."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Browser, Page

from bench.painting import WINDOW

SECONDS_TO_CHANGE = 10

# From the click, as the browser timed it, to the second frame after the page has its new parts.
CLOCK = """() => {
  let clicked = 0;
  window.changes = [];
  addEventListener("click", (event) => { clicked = event.timeStamp; }, true);
  document.addEventListener("atlas:shown", () => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.changes.push(performance.now() - clicked);
  })));
}"""
NEXT = """([before, most]) => new Promise((resolve, reject) => {
  const end = performance.now() + most;
  const look = () => {
    if (changes.length > before) resolve(changes.at(-1));
    else if (performance.now() > end) reject(new Error("Nothing was shown."));
    else setTimeout(look, 10);
  };
  look();
})"""
# Regions and prefectures that can be clicked, each with a point of the window that hits it.
REGIONS = """() => {
  const hits = new Map();
  for (let x = 5; x < innerWidth; x += 6) {
    for (let y = 5; y < innerHeight; y += 6) {
      const hit = document.elementFromPoint(x, y)?.closest("a[data-territory]");
      if (hit && !hits.has(hit.dataset.territory)) hits.set(hit.dataset.territory, [x, y]);
    }
  }
  return Object.fromEntries(hits);
}"""


@dataclass(frozen=True, slots=True)
class Changes:
    """Milliseconds of each change of the filter, and among how many partnerships it was made."""

    partnerships: int
    by_facet: list[float]
    on_map: list[float]


def change_filter(browser: Browser, url: str, times: int) -> Changes:
    """Tick and untick options of the drawers, then regions on the map, so often each."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type] # a size
    try:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        page.evaluate(CLOCK)
        count = re.sub(r"\D", "", page.locator(".count-line strong").inner_text())
        return Changes(int(count), _tick(page, times), _point(page, times))
    finally:
        context.close()


def _tick(page: Page, times: int) -> list[float]:
    """Options of each drawer in turn; every second change takes one off again."""
    taken = []
    drawers = page.locator("form[data-live] details.facet:has(.option__box)")
    for n in range((times + 1) // 2):
        drawer = drawers.nth(n % drawers.count())
        drawer.locator("summary").first.click()
        boxes = drawer.locator(".option:not(.option--empty) .option__box")
        box = boxes.nth(n // drawers.count() % boxes.count())
        value = box.get_attribute("value")
        same = drawer.locator(f'.option__box[value="{value}"]')
        taken += [_timed(page, same.check), _timed(page, same.uncheck)]
        page.keyboard.press("Escape")
    return taken[:times]


def _point(page: Page, times: int) -> list[float]:
    """Regions on the map; every second click takes one off again."""
    taken = []
    codes = list(page.evaluate(REGIONS))
    for n in range((times + 1) // 2):
        code = codes[n * 7 % len(codes)]
        taken.append(_timed(page, partial(page.mouse.click, *page.evaluate(REGIONS)[code])))
        # What is set stands above the map, which moves down for it, and may be covered by lines.
        at = page.evaluate(REGIONS).get(code)
        chip = page.locator("a.chip").first
        taken.append(_timed(page, partial(page.mouse.click, *at) if at else chip.click))
        page.mouse.move(1, 1)
    return taken[:times]


def _timed(page: Page, change: Callable[[], object]) -> float:
    """Make one change, and wait until it is shown."""
    before = page.evaluate("changes.length")
    change()
    return float(page.evaluate(NEXT, [before, SECONDS_TO_CHANGE * 1000]))
