/*
 * Pointing at a partnership and selecting it: in the list, on the maps, by mouse and by keys.
 *
 * The address says which is selected (`sel`); live.js owns it. A click on what the server
 * wrote as links does here, at once, what the link would do.
 */

const atlas = document.querySelector(".atlas");
const caption = atlas?.querySelector("[data-caption-place]");
const REACH = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const all = (selector, root = atlas) => [...root.querySelectorAll(selector)];
const rowOf = (slug) => atlas.querySelector(`.tie[data-tie="${CSS.escape(slug)}"]`);
const asked = () => new URLSearchParams(location.search).get("sel");
const selected = () => (asked() && rowOf(asked()) ? asked() : null);

/** The partnerships that an element of the list or of the maps stands for. */
function tiesOf(element) {
  if (element.dataset.tie) return [element.dataset.tie];
  if (element.dataset.ties) return element.dataset.ties.split(" ");
  const code = element.dataset.territory;
  return code ? all(".tie").filter((row) => row.dataset.regions.split(" ").includes(code)).map((row) => row.dataset.tie) : [];
}

/** What an event points at; of marks that overlap, the one whose middle is nearest. */
function pointable(target, event) {
  const found = target.closest?.("[data-tie], [data-ties], [data-territory], .bundle");
  return event && found?.matches(".mark") ? nearest(found, event) : found;
}

function nearest(mark, { clientX, clientY }) {
  const distance = (other) => {
    const { left, top, width, height } = other.querySelector(".mark__hit").getBoundingClientRect();
    return Math.hypot(left + width / 2 - clientX, top + height / 2 - clientY);
  };
  if (!clientX && !clientY) return mark; // not by a pointer
  return all(".mark", mark.parentNode).reduce((best, other) => (distance(other) < distance(best) ? other : best), mark);
}

/** Light partnerships up on both maps and in the list, and say in the caption what they are. */
function light(slugs, element) {
  const lit = new Set(slugs);
  const maps = all(".map").filter((map) => map.clientWidth);
  const drawn = maps.flatMap((map) => all("[data-tie], [data-ties], [data-territory], .bundle", map));
  for (const item of [...all(".tie"), ...drawn]) {
    const own = item.dataset.territory || item.matches(".bundle") ? item === element : tiesOf(item).some((slug) => lit.has(slug));
    item.classList.toggle("is-lit", own);
    item.classList.toggle("is-pointed", item === element);
  }
  for (const map of maps) {
    map.classList.toggle("has-lit", lit.size > 0);
    // Lit curves lie over the others; not while one is pointed at, whose click would be lost with its place.
    if (!element?.matches(".curve")) for (const curve of all(".curve.is-lit", map)) curve.parentNode.append(curve);
  }
  describe(slugs, element);
}

function describe(slugs, element) {
  const place = caption.querySelector("[data-part]");
  const hint = caption.querySelector("template").content;
  const sentence = slugs.length === 1 ? rowOf(slugs[0])?.querySelector(".tie__sentence") : null;
  if (sentence && !element?.dataset.territory) return place.replaceChildren(sentence.cloneNode(true));
  const said = element?.dataset.caption ?? (slugs.length > 1 ? element?.getAttribute("aria-label") : "");
  if (!said) return place.replaceChildren(hint.cloneNode(true));
  const line = document.createElement("p");
  line.className = "tie__sentence";
  line.textContent = said;
  return place.replaceChildren(line);
}

/** Show a selection, that of the address unless another is given, and nothing else pointed at. */
function settle(slug = selected()) {
  for (const row of all(".tie")) {
    const open = row.dataset.tie === slug;
    row.classList.toggle("is-open", open);
    row.querySelector(".tie__body").hidden = !open;
    row.querySelector(".tie__head").setAttribute("aria-expanded", String(open));
    if (open) bringIntoList(row);
  }
  light(slug ? [slug] : []);
}

/** Scroll a row into view where the list scrolls by itself; the page stays where it is. */
function bringIntoList(row) {
  const list = row.closest(".atlas__scroll");
  if (getComputedStyle(list).overflowY !== "auto") return;
  const [outer, inner] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top);
}

function select(slug) {
  const params = new URLSearchParams(location.search);
  if (slug) params.set("sel", slug);
  else params.delete("sel");
  document.dispatchEvent(new CustomEvent("atlas:go", { detail: { search: params.toString() } }));
  // The row opens at once; what stands in it follows from the server.
  settle(slug);
}

/** Of a place with several partnerships, each click selects the next, and the last lets go. */
function next(slugs) {
  const at = slugs.indexOf(selected());
  return slugs[at + 1] ?? null;
}

/** The other view shows what has just been selected, even before the server has answered. */
function keepSelection(link) {
  const url = new URL(link.href);
  if (asked()) url.searchParams.set("sel", asked());
  else url.searchParams.delete("sel");
  link.href = url;
}

function choose(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const view = event.target.closest(".switch__link");
  if (view) keepSelection(view);
  const link = event.target.closest(".tie__head, .curve, .mark");
  if (!link) return;
  event.preventDefault();
  select(next(tiesOf(pointable(link, event))));
}

/** The nearest place in a direction: what lies askew counts as further away. */
function neighbour(mark, [right, down]) {
  const here = mark.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const other of all(".mark", mark.parentNode)) {
    const there = other.getBoundingClientRect();
    const x = there.left + there.width / 2 - here.left - here.width / 2;
    const y = there.top + there.height / 2 - here.top - here.height / 2;
    const along = x * right + y * down;
    const across = Math.abs(x * down) + Math.abs(y * right);
    if (other === mark || along <= 0 || across > 3 * along) continue;
    if (along + 2 * across < least) [best, least] = [other, along + 2 * across];
  }
  return best;
}

/** One place of each map is a tab stop: the last one that had the focus. */
function rove(mark) {
  for (const other of all(".mark", mark.parentNode)) other.setAttribute("tabindex", other === mark ? "0" : "-1");
}

function press(event) {
  if (event.key === "Escape" && asked()) return select(null);
  const mark = event.target.closest?.(".mark");
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const marks = all(".mark", mark.parentNode);
  const target = { Home: marks[0], End: marks.at(-1) }[event.key] ?? (REACH[event.key] && neighbour(mark, REACH[event.key]));
  if (REACH[event.key] || target) event.preventDefault();
  target?.focus();
  return undefined;
}

/** Copy the address of this view, the way each browser allows, and say so where it succeeded. */
async function share(button) {
  if (!(await copy(location.href))) return;
  const said = atlas.querySelector("[data-shared]");
  const label = button.textContent;
  said.textContent = button.dataset.done;
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = label;
    said.textContent = "";
  }, 1600);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}

if (atlas) {
  atlas.addEventListener("pointerover", (event) => {
    const element = pointable(event.target, event);
    if (element) light(tiesOf(element), element);
  });
  atlas.addEventListener("pointermove", (event) => {
    const element = event.target.closest(".mark") && pointable(event.target, event);
    if (element && !element.classList.contains("is-pointed")) light(tiesOf(element), element);
  });
  atlas.addEventListener("pointerout", (event) => {
    const from = pointable(event.target);
    const to = event.relatedTarget && pointable(event.relatedTarget);
    if (from && from !== to) light(selected() ? [selected()] : []);
  });
  atlas.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".mark");
    if (mark) rove(mark);
    const element = event.target.matches(":focus-visible") && pointable(event.target);
    if (element) light(tiesOf(element), element);
  });
  atlas.addEventListener("focusout", (event) => {
    if (pointable(event.target)) light(selected() ? [selected()] : []);
  });
  atlas.addEventListener("click", choose);
  document.addEventListener("keydown", press);
  document.addEventListener("atlas:shown", () => settle());
  const button = atlas.querySelector("[data-share]");
  button.hidden = false;
  button.addEventListener("click", () => share(button));
  settle();
}
