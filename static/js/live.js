/*
 * Filtering without a reload. The server draws; this fetches the same page as a fragment and
 * puts its parts (`data-part`) in the place of the old ones. Without it, the form and the
 * links do the same by loading the page.
 *
 * It owns the address. Others ask for a new one by the event `atlas:go` with `{search}`, and
 * hear `atlas:shown` when the page shows what it stands for.
 */

const form = document.querySelector("form[data-live]");
// The order in which the server writes parameters: one view has one address.
const ORDER = ["region", "sector", "kind", "status", "from", "to", "q", "sort", "page", "view", "sel"];
const typing = form?.elements.q;
const handles = form ? [...form.querySelectorAll(".span__handle")] : [];
let shown = new URL(location.href);
let running = null;
let timer = 0;

/** Replace the parts of the page by those of a fragment. */
function replaceParts(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = keyOf(document.activeElement);
  const within = document.activeElement?.closest("[data-part]");
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (!other) continue;
    if (part.localName === "template") part.innerHTML = other.innerHTML;
    else if ("sync" in part.dataset) sync(part, other);
    else part.replaceChildren(...[...other.childNodes].map((node) => document.importNode(node, true)));
  }
  if (within && !within.contains(document.activeElement)) refocus((focused && document.querySelector(focused)) || within);
}

/** Put the focus where it was, or on the part that it was in. */
function refocus(element) {
  if (element.matches("[data-part]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** A selector that finds the same control after it has been drawn anew. */
function keyOf(element) {
  const part = element?.closest("[data-part]");
  if (!part) return "";
  const group = element.closest("[data-marks]");
  const within = `[data-part="${part.dataset.part}"] ${group ? `[data-marks="${group.dataset.marks}"] ` : ""}`;
  for (const name of ["data-territory", "data-ties", "data-tie", "id"]) {
    const holder = element.closest(`[${name}]`);
    if (!holder || !part.contains(holder)) continue;
    const own = holder === element ? "" : ` ${element.localName}`;
    return `${within}[${name}="${CSS.escape(holder.getAttribute(name))}"]${own}`;
  }
  return "";
}

/** Bring an element up to date in place, so that an open drawer stays open and keeps the focus. */
function sync(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  if (old.type === "checkbox") old.checked = fresh.checked;
  if (old.children.length && old.children.length === fresh.children.length) {
    [...old.children].forEach((child, index) => sync(child, fresh.children[index]));
  } else if (old.innerHTML !== fresh.innerHTML) {
    old.innerHTML = fresh.innerHTML;
  }
}

/** The map that the window's width shows; only that one is asked for. */
function frameShown() {
  const map = [...document.querySelectorAll("[data-map]")].find((element) => element.clientWidth);
  return map?.dataset.map ?? "page";
}

/** Show what a URL stands for. Where that fails, load it as a page: it may have something to say. */
async function show(url) {
  running?.abort();
  const turn = new AbortController();
  running = turn;
  const asked = new URL(url);
  asked.searchParams.set("fragment", frameShown());
  asked.hash = "";
  try {
    const response = await fetch(asked, { signal: turn.signal });
    if (!response.ok) throw new Error(String(response.status));
    replaceParts(await response.text());
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  if (running === turn) running = null;
  const isTurned = url.searchParams.get("page") !== shown.searchParams.get("page");
  shown = new URL(url);
  announce();
  if (isTurned) beginPage();
}

/** Another page of the list begins at its top. */
function beginPage() {
  const list = document.querySelector('[data-part="ties"], [data-part="rows"]');
  list.scrollTop = 0;
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView();
}

function announce() {
  for (const link of document.querySelectorAll(".languages__link")) link.search = shown.search;
  for (const place of document.querySelectorAll("[data-address]")) place.textContent = shown.href;
  document.dispatchEvent(new CustomEvent("atlas:shown"));
}

/** Go to an address of this page, without loading the page. */
function go(url, { replace = false } = {}) {
  const target = new URL(url, location.href);
  if (target.href === location.href) return;
  history[replace ? "replaceState" : "pushState"](null, "", target);
  show(new URL(location.href));
}

/** The selection stays, whatever else an address asks for. */
function withSelection(url) {
  const selected = new URLSearchParams(location.search).get("sel");
  if (selected) url.searchParams.set("sel", selected);
  else url.searchParams.delete("sel");
  return url;
}

/** The address that the form stands for. */
function formUrl() {
  const said = [...new FormData(form)].filter(([, value]) => value).map(([name, value]) => [name, value.trim()]);
  said.sort(([a, x], [b, y]) => ORDER.indexOf(a) - ORDER.indexOf(b) || (x < y ? -1 : 1));
  const url = new URL(location.pathname, location.href);
  for (const [name, value] of said) if (name !== "sel") url.searchParams.append(name, value);
  return withSelection(url);
}

/** Set the fields that are not redrawn to what the address says. */
function fillForm() {
  for (const name of ["q", "from", "to", "sort"]) {
    const field = form.elements[name];
    const isTyped = field === document.activeElement || (field === typing && timer);
    if (field && !isTyped) field.value = shown.searchParams.get(name) ?? "";
  }
  fillRange();
}

/** The two handles of the range say the same as the two numbers, and do not pass each other. */
function fillRange() {
  const { first, last } = form.querySelector('[data-part="years"]').dataset;
  for (const handle of handles) {
    [handle.min, handle.max] = [first, last];
    handle.value = form.elements[handle.dataset.for].value || (handle.dataset.for === "from" ? first : last);
  }
}

function slide(handle) {
  const [from, to] = handles;
  if (Number(from.value) > Number(to.value)) handle.value = handle === from ? to.value : from.value;
  const end = handle === from ? handle.min : handle.max;
  form.elements[handle.dataset.for].value = handle.value === end ? "" : handle.value;
}

/** Filter by what has been typed. One step back undoes a word, not a letter. */
function settleTyping() {
  clearTimeout(timer);
  timer = 0;
  go(formUrl(), { replace: shown.searchParams.has("q") && typing.value !== "" });
}

function closeDrawers(except) {
  for (const drawer of form.querySelectorAll(".facet[open]")) if (drawer !== except) drawer.open = false;
}

if (form) {
  document.addEventListener("change", (event) => {
    if (event.target.form !== form || event.target === typing || !event.target.checkValidity()) return;
    go(formUrl());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settleTyping();
  });
  typing?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settleTyping, 200);
  });
  document.addEventListener("click", (event) => {
    closeDrawers(event.target.closest(".facet"));
    const link = event.target.closest("a[data-live]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const url = new URL(typeof link.href === "string" ? link.href : link.href.baseVal, location.href);
    go(withSelection(url));
  });
  document.addEventListener("keydown", (event) => {
    const drawer = event.target.closest?.(".facet[open]");
    if (event.key !== "Escape" || !drawer) return;
    drawer.open = false;
    drawer.querySelector("summary").focus();
    event.stopImmediatePropagation();
  });
  document.addEventListener("atlas:shown", fillForm);
  document.addEventListener("atlas:go", (event) => {
    const url = new URL(location.href);
    url.search = event.detail.search;
    url.hash = "";
    go(url);
  });
  addEventListener("popstate", () => {
    if (running || location.search !== shown.search) show(new URL(location.href));
  });
  // The other map was not kept up to date while it was hidden.
  matchMedia("(width < 56rem)").addEventListener("change", () => {
    if (document.querySelector("[data-map]")) show(new URL(location.href));
  });
  for (const button of form.querySelectorAll("[data-no-script]")) button.hidden = true;
  for (const handle of handles) {
    handle.hidden = false;
    handle.addEventListener("input", () => slide(handle));
  }
  fillRange();
}
