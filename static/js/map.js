/*
 * Panes that can be moved and enlarged. The server draws the whole map; this hands each
 * pane's base to Leaflet, and when a pane moves, places marks, curves and names anew.
 *
 * Page scroll is never taken: no wheel, and on a touch screen two fingers move the map.
 */

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const COARSE = matchMedia("(pointer: coarse)");
const DETAILED_FROM = 1.4;
const EDGE = 10;

const numbers = (text) => text.split(/[ ,]/).map(Number);
const box = (text) => {
  const [south, west, north, east] = numbers(text);
  return [[south, west], [north, east]];
};
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

class Pane {
  constructor(element, mostEnlarged, changed) {
    this.mostEnlarged = mostEnlarged;
    this.element = element;
    this.countries = element.dataset.pane.split(" ");
    this.view = box(element.dataset.view);
    this.base = element.querySelector(".base");
    this.homeBox = this.base.getAttribute("viewBox");
    const holder = document.createElement("div");
    element.prepend(holder);
    this.lieWhole();
    this.map = L.map(holder, {
      attributionControl: false,
      boxZoom: false,
      doubleClickZoom: false, // two clicks on a region choose it and let it go
      dragging: !COARSE.matches,
      fadeAnimation: false,
      inertia: !STILL.matches,
      keyboard: false,
      scrollWheelZoom: false,
      zoomAnimation: false,
      zoomControl: false,
      zoomSnap: 0,
    });
    this.map.fitBounds(this.view, { animate: false });
    L.svgOverlay(this.base, box(element.dataset.window), { interactive: false }).addTo(this.map);
    this.#limit();
    this.#guardClicks();
    this.map.on("move zoom", changed);
    // A pinch ends with a move alone.
    this.map.on("zoomend moveend", () => {
      this.#showLimits();
      this.#showDetail();
    });
    element.querySelector(".pane__tools").hidden = false;
    this.#showLimits();
  }

  /** The base as Leaflet moves it: all of its window, in a box that Leaflet sizes. */
  lieWhole() {
    if (this.before) this.map.setView(...this.before, { animate: false });
    this.before = null;
    this.base.setAttribute("viewBox", this.base.dataset.full);
    this.base.setAttribute("preserveAspectRatio", "none");
  }

  /** The base as the server drew it, for paper, whose width Leaflet does not know. */
  lieStill() {
    this.before = [this.map.getCenter(), this.map.getZoom()];
    this.goHome();
    this.base.setAttribute("viewBox", this.homeBox);
    this.base.removeAttribute("preserveAspectRatio");
  }

  /** The whole country is the smallest view, and the map cannot be lost from sight. */
  #limit() {
    this.homeZoom = this.map.getBoundsZoom(this.view);
    const [first, second] = this.view.map((corner) => this.map.project(corner, 0));
    this.homeCentre = this.map.unproject(first.add(second).divideBy(2), 0);
    this.map.setMinZoom(this.homeZoom);
    this.map.setMaxZoom(this.homeZoom + Math.log2(this.mostEnlarged));
    this.map.setMaxBounds(this.view);
    this.map.options.maxBoundsViscosity = 1;
  }

  /** A drag that began on a region is no click on it. */
  #guardClicks() {
    let dragged = false;
    this.element.addEventListener("pointerdown", () => { dragged = false; });
    this.map.on("dragstart", () => { dragged = true; });
    this.element.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);
  }

  #showLimits() {
    const zoom = this.map.getZoom();
    const limits = { in: zoom >= this.map.getMaxZoom() - 0.01, out: this.isHome(), home: this.isHome() };
    for (const button of this.element.querySelectorAll("[data-zoom]")) button.disabled = limits[button.dataset.zoom];
  }

  /** Once the map is enlarged, its shapes are fetched in the detail that this needs. */
  async #showDetail() {
    const file = this.element.dataset.enlarged;
    if (!file || this.isDetailed || this.factor < DETAILED_FROM) return;
    this.isDetailed = true;
    let drawn;
    try {
      const response = await fetch(file);
      if (!response.ok) throw new Error(String(response.status));
      drawn = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    } catch {
      this.isDetailed = false; // it is tried again when the map is next enlarged
      return;
    }
    const [, , width] = numbers(this.base.dataset.full);
    const scale = width / drawn.documentElement.viewBox.baseVal.width;
    for (const path of drawn.querySelectorAll("path")) {
      const shape = document.getElementById(path.id);
      shape.setAttribute("d", path.getAttribute("d"));
      shape.setAttribute("transform", `scale(${scale})`);
    }
  }

  isHome() {
    return this.map.getZoom() < this.homeZoom + 0.01;
  }

  /** Enlarge or reduce around a place, or show the whole country. */
  zoom(way, around = this.map.getCenter()) {
    if (way === "home") return this.#fly(this.homeCentre, this.homeZoom);
    const zoom = clamp(this.map.getZoom() + (way === "in" ? 1 : -1), this.homeZoom, this.map.getMaxZoom());
    const middle = this.map.getSize().divideBy(2);
    const away = this.map.latLngToContainerPoint(around).subtract(middle);
    const centre = middle.add(away.multiplyBy(1 - 1 / this.map.getZoomScale(zoom)));
    return this.#fly(this.map.containerPointToLatLng(centre), zoom);
  }

  #fly(centre, zoom) {
    if (STILL.matches) return this.map.setView(centre, zoom, { animate: false });
    return this.map.flyTo(centre, zoom, { duration: 0.25 });
  }

  /** How much larger than the whole country things are drawn. */
  get factor() {
    return 2 ** (this.map.getZoom() - this.homeZoom);
  }

  /** Fit a new size: the whole country again, or the same enlargement as before. */
  fit() {
    const wasHome = this.isHome();
    this.map.setMaxBounds(null);
    this.map.setMinZoom(0);
    this.map.invalidateSize({ animate: false, pan: false });
    if (wasHome) this.map.fitBounds(this.view, { animate: false });
    this.#limit();
    this.#showLimits();
  }

  goHome() {
    this.map.setView(this.homeCentre, this.homeZoom, { animate: false });
  }
}

class Frame {
  constructor(element) {
    this.element = element;
    this.lines = element.querySelector(".lines");
    this.width = this.lines.viewBox.baseVal.width;
    this.isAcross = element.dataset.across === "true";
    this.gutter = element.dataset.gutter ? numbers(element.dataset.gutter) : null;
    this.steps = numbers(element.dataset.steps);
    this.panes = [...element.querySelectorAll(".pane")].map(
      (pane) => new Pane(pane, this.steps.at(-1), () => this.#later()),
    );
    for (const pane of this.panes) {
      for (const button of pane.element.querySelectorAll("[data-zoom]")) {
        button.addEventListener("click", () => pane.zoom(button.dataset.zoom, this.#middle(pane)));
      }
    }
    this.home = this.#worldHome();
    new ResizeObserver(() => this.#resize()).observe(element);
  }

  pane(country) {
    return this.panes.find((pane) => pane.countries.includes(country));
  }

  /** The middle of the places that a pane shows: what is worth enlarging. */
  #middle(pane) {
    const seen = [...this.lines.querySelectorAll(`[data-marks="${pane.countries[0]}"] .mark`)]
      .map((mark) => numbers(mark.dataset.at))
      .filter((at) => pane.map.getBounds().contains(at));
    const mean = (index) => seen.reduce((sum, at) => sum + at[index], 0) / seen.length;
    return seen.length ? L.latLng(mean(0), mean(1)) : undefined;
  }

  #later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  #resize() {
    if (!this.element.clientWidth || this.isStill) return;
    for (const pane of this.panes) {
      pane.fit();
      if (!this.gutter) pane.goHome(); // arcs are enlarged from where they are at home
    }
    this.home = this.#worldHome();
    this.draw();
  }

  /** For paper, whose width Leaflet does not know: everything where the server drew it. */
  lieStill() {
    for (const pane of this.panes) pane.lieStill();
    this.draw();
    this.isStill = true;
  }

  moveAgain() {
    this.isStill = false;
    for (const pane of this.panes) pane.lieWhole();
    this.#resize();
  }

  /** Where a place stands, in units of the frame, drawn in to the pane's edge where it lies beyond. */
  #point(pane, at) {
    const unit = this.width / this.element.clientWidth;
    const point = pane.map.latLngToContainerPoint(at);
    const { offsetLeft, offsetTop, clientWidth, clientHeight } = pane.element;
    const x = clamp(point.x, EDGE, clientWidth - EDGE);
    const y = clamp(point.y, EDGE, clientHeight - EDGE);
    const isOff = Math.abs(x - point.x) > EDGE || Math.abs(y - point.y) > EDGE;
    return { x: (offsetLeft + x) * unit, y: (offsetTop + y) * unit, isOff };
  }

  draw() {
    if (this.isStill) return;
    const isMoved = this.panes.some((pane) => !pane.isHome());
    if (!isMoved && !this.element.classList.contains("is-moved")) return;
    this.element.classList.toggle("is-moved", isMoved);
    this.element.classList.toggle("is-away", !this.pane("JP").isHome());
    const ends = new Map();
    for (const group of this.lines.querySelectorAll("[data-marks]")) {
      const country = group.dataset.marks;
      for (const mark of group.querySelectorAll(".mark")) this.#place(mark, country, ends);
    }
    for (const curve of this.lines.querySelectorAll(".curve, .bundle")) this.#bend(curve, ends);
  }

  #place(mark, country, ends) {
    const pane = this.pane(country);
    mark.dataset.home ??= mark.getAttribute("transform");
    // Until its pane is enlarged it stands where the server drew it: in an inset, or on paper of any width.
    const point = pane.isHome() ? this.#atHome(mark) : this.#point(pane, numbers(mark.dataset.at));
    mark.setAttribute("transform", `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`);
    mark.classList.toggle("is-off", point.isOff);
    const step = this.steps.findLastIndex((factor) => factor <= pane.factor * 1.01);
    const side = mark.dataset.sides.charAt(Math.max(step, 0)) || "-";
    const name = mark.querySelector(".mark__name");
    name.dataset.spare ??= name.dataset.side;
    name.toggleAttribute("data-hidden", side === "-");
    name.dataset.side = side === "-" ? name.dataset.spare : side;
    for (const tie of mark.dataset.ties.split(" ")) ends.set(`${country} ${tie}`, point);
  }

  #atHome(mark) {
    const [x, y] = mark.dataset.home.match(/-?[\d.]+/g).map(Number);
    return { x, y, isOff: false };
  }

  #bend(curve, ends) {
    if (!this.gutter) return this.#stretch(curve);
    const lines = curve.querySelectorAll("path");
    curve.dataset.home ??= lines[0].getAttribute("d");
    const places = curve.dataset.ends?.split(" ").map(numbers);
    const start = places ? this.#point(this.pane("IT"), places[0]) : ends.get(`IT ${curve.dataset.tie}`);
    const end = places ? this.#point(this.pane("JP"), places[1]) : ends.get(`JP ${curve.dataset.tie}`);
    const isHome = this.panes.every((pane) => pane.isHome());
    const path = isHome ? curve.dataset.home : this.#path(start, end, Number(curve.dataset.slot));
    curve.classList.toggle("is-off", !isHome && (start.isOff || end.isOff));
    for (const line of lines) line.setAttribute("d", path);
    return undefined;
  }

  /** As `path` in relations/maps/curves.py. */
  #path(start, end, slot) {
    const [enters, leaves] = this.gutter;
    const say = (...values) => values.map((value) => value.toFixed(1)).join(" ");
    if (this.isAcross) {
      const [a, b] = [(start.x + enters) / 2, (leaves + end.x) / 2];
      return `M${say(start.x, start.y)}C${say(a, start.y, a, slot, enters, slot)}H${say(leaves)}C${say(b, slot, b, end.y, end.x, end.y)}`;
    }
    const [a, b] = [(start.y + enters) / 2, (leaves + end.y) / 2];
    return `M${say(start.x, start.y)}C${say(start.x, a, slot, a, slot, enters)}V${say(leaves)}C${say(slot, b, end.x, b, end.x, end.y)}`;
  }

  /** On the map of the world a great circle keeps its shape: it is only moved and enlarged. */
  #stretch(curve) {
    if (this.panes[0].isHome()) return curve.removeAttribute("transform");
    const now = this.#worldHome();
    const factor = now.size / this.home.size;
    const [x, y] = [now.x - this.home.x * factor, now.y - this.home.y * factor];
    curve.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${factor.toFixed(4)})`);
    return undefined;
  }

  /** Where two points of the world stand now, to tell how the map has been moved since. */
  #worldHome() {
    if (this.gutter) return null;
    const [pane] = this.panes;
    const unit = this.width / this.element.clientWidth;
    const [a, b] = [[40, 0], [40, 100]].map((at) => pane.map.latLngToContainerPoint(at));
    return { x: a.x * unit, y: a.y * unit, size: (b.x - a.x) * unit };
  }

  /** Keys while a place has the focus: the map can be enlarged, and what lies beyond comes into view. */
  press(event, country) {
    const way = { "+": "in", "=": "in", "-": "out", 0: "home" }[event.key];
    if (!way || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.pane(country).zoom(way, L.latLng(numbers(event.target.closest(".mark").dataset.at)));
  }

  reveal(mark, country) {
    if (mark.classList.contains("is-off")) this.pane(country).map.panInside(numbers(mark.dataset.at), { padding: [40, 40] });
  }
}

const frames = new Map();

/** Only the frame that the window's width shows is set up, when it is shown. */
function setUp() {
  for (const element of document.querySelectorAll(".atlas .map")) {
    if (frames.has(element) || !element.clientWidth) continue;
    frames.set(element, new Frame(element));
    element.classList.add("is-ready");
  }
}

const frameOf = (target) => frames.get(target.closest?.(".map"));
const countryOf = (target) => target.closest?.("[data-marks]")?.dataset.marks;

document.addEventListener("atlas:shown", () => frames.forEach((frame) => frame.draw()));
document.addEventListener("keydown", (event) => {
  if (countryOf(event.target)) frameOf(event.target)?.press(event, countryOf(event.target));
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest?.(".mark");
  if (mark) frameOf(mark)?.reveal(mark, countryOf(mark));
});
/** On paper all maps lie still. Browsers tell of printing by one event, of a preview by the other. */
function print(isPrinting) {
  for (const frame of frames.values()) {
    if (isPrinting === Boolean(frame.isStill)) continue;
    if (isPrinting) frame.lieStill();
    else frame.moveAgain();
  }
}

addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
matchMedia("print").addEventListener("change", ({ matches }) => print(matches));

/** The library's own styles, which nothing needs before a map can be moved. */
function loadStyles() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = document.querySelector("[data-leaflet]").dataset.leaflet;
  const loaded = new Promise((resolve) => link.addEventListener("load", resolve));
  document.head.prepend(link);
  return loaded;
}

// The map that the server has drawn is painted first: it can be read before it can be moved.
requestAnimationFrame(() => setTimeout(async () => {
  await loadStyles();
  addEventListener("resize", setUp);
  setUp();
}));
