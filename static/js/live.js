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
const ORDER = ["region", "sector", "kind", "status", "event", "from", "to", "q", "sort", "page", "view", "sel"];
const typing = form?.elements.q;
const handles = form ? [...form.querySelectorAll(".span__handle")] : [];
let shown = new URL(location.href);
let wanted = shown; // what has been asked for last, shown or not yet
let running = null;
let timer = 0;
let sliding = null;

// Parts of the page

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
    else if (part.innerHTML !== other.innerHTML) {
      part.replaceChildren(...[...other.childNodes].map((node) => document.importNode(node, true)));
    }
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

/** Say why nothing has changed where the count stands, which a screen reader reads out. */
function say(sentence) {
  document.querySelector('[data-part="count"]').textContent = sentence;
}

// Going to an address

/** The map that the window's width shows; only that one is asked for. */
function frameShown() {
  const map = [...document.querySelectorAll("[data-map]")].find((element) => element.clientWidth);
  return map?.dataset.map ?? "page";
}

async function fetchFragment(url, signal) {
  const asked = new URL(url);
  asked.searchParams.set("fragment", frameShown());
  asked.hash = "";
  const response = await fetch(asked, { signal });
  return { status: response.status, html: await response.text() };
}

/** Show what a URL stands for. Where it stands for nothing, or nothing answers, the page stays and says why. */
async function show(url) {
  running?.abort();
  const turn = new AbortController();
  [running, wanted] = [turn, url];
  let answer;
  try {
    answer = await fetchFragment(url, turn.signal);
  } catch {
    answer = { status: 0 };
  }
  if (running !== turn) return;
  running = null;
  if (answer.status === 200) arrive(url, answer.html);
  else refuse(answer);
}

function arrive(url, html) {
  const isTurned = url.searchParams.get("page") !== shown.searchParams.get("page");
  replaceParts(html);
  shown = url;
  announce();
  if (isTurned) beginPage();
}

/** Leave the page as it is, and say why. */
function refuse({ status, html }) {
  const page = status === 400 && new DOMParser().parseFromString(html, "text/html");
  say(page ? page.querySelector(".error__problems").textContent.trim() : form.dataset.unreachable);
  history.replaceState(null, "", shown);
  wanted = shown;
  document.dispatchEvent(new CustomEvent("atlas:shown"));
}

/** Another page of the list begins at its top. */
function beginPage() {
  const list = document.querySelector('[data-part="ties"], [data-part="rows"]');
  if (!list) return;
  list.scrollTop = 0;
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView();
}

function announce() {
  for (const link of document.querySelectorAll(".languages__link")) link.search = shown.search;
  for (const place of document.querySelectorAll("[data-address]")) place.textContent = shown.href;
  document.dispatchEvent(new CustomEvent("atlas:shown"));
}

/** This page with parameters as the server orders them. */
function address(pairs) {
  const url = new URL(location.pathname, location.href);
  const said = [...pairs].filter(([, value]) => value);
  said.sort(([a, x], [b, y]) => ORDER.indexOf(a) - ORDER.indexOf(b) || (x < y ? -1 : 1));
  for (const [name, value] of said) url.searchParams.append(name, value);
  return url;
}

/** Go to another address of this page. Back leads away from it at once, be it shown yet or not. */
function go(url, how = "pushState") {
  if (url.href === wanted.href) return;
  history[how](null, "", url);
  show(url);
}

/** What a link of the page asks for, on top of what has been asked for since the page was drawn. */
function addressOf(link) {
  const target = new URL(typeof link.href === "string" ? link.href : link.href.baseVal, location.href);
  const key = ([name, value]) => `${name}=${value}`;
  const [before, after] = [shown, target].map((url) => new Set([...url.searchParams].map(key)));
  const kept = [...wanted.searchParams].filter((pair) => !before.has(key(pair)) || after.has(key(pair)));
  const had = new Set(kept.map(key));
  const added = [...target.searchParams].filter((pair) => !before.has(key(pair)) && !had.has(key(pair)));
  // A territory that has been chosen meanwhile is let go by its second click.
  const twice = new Set([...target.searchParams].filter((pair) => !before.has(key(pair)) && had.has(key(pair))).map(key));
  return address([...kept.filter((pair) => !twice.has(key(pair)) || pair[0] !== "region"), ...added]);
}

// The form

/** The address that the form stands for; what a field cannot mean is left out. */
function formUrl() {
  const said = [...new FormData(form)].filter(([name]) => name !== "sel" && name !== "page");
  const meant = said.filter(([name]) => form.elements[name].checkValidity?.() ?? true);
  const selected = wanted.searchParams.get("sel");
  return address([...meant.map(([name, value]) => [name, value.trim()]), ["sel", selected]]);
}

/** Set the fields that are not redrawn to what the address says; not the one that is being filled in. */
function fillForm({ all = false } = {}) {
  for (const name of ["q", "from", "to", "sort", "view"]) {
    const field = form.elements[name];
    const isTyped = field === document.activeElement || (field === typing && timer);
    if (field && (all || !isTyped)) field.value = shown.searchParams.get(name) ?? "";
  }
  fillRange();
}

/** The two handles of the range say the same as the two numbers. */
function fillRange() {
  const { first, last } = form.querySelector('[data-part="years"]').dataset;
  for (const handle of handles) {
    [handle.min, handle.max] = [first, last];
    handle.value = form.elements[handle.dataset.for].value || (handle.dataset.for === "from" ? first : last);
  }
  raise();
}

/** Where both handles meet, the one that can still be moved lies on top. */
function raise() {
  const [from] = handles;
  from.classList.toggle("span__handle--top", Number(from.value) > (Number(from.min) + Number(from.max)) / 2);
}

/** The handles do not pass each other. Where they are let go, the numbers follow. */
function slide(handle) {
  const [from, to] = handles;
  if (Number(from.value) > Number(to.value)) handle.value = handle === from ? to.value : from.value;
  const end = handle === from ? handle.min : handle.max;
  form.elements[handle.dataset.for].value = handle.value === end ? "" : handle.value;
  raise();
}

function yearsRunBackwards() {
  const [from, to] = ["from", "to"].map((name) => Number(form.elements[name].value));
  return from && to && from > to;
}

/** Filter by what has been typed. One step back undoes a word, not a letter. */
function settleTyping() {
  clearTimeout(timer);
  timer = 0;
  const isSameWord = shown.searchParams.has("q") && typing.value !== "";
  go(formUrl(), isSameWord ? "replaceState" : "pushState");
}

function change(event) {
  const field = event.target;
  if (field.form !== form || field === typing || !field.checkValidity() || yearsRunBackwards()) return;
  // A handle that is moved key by key makes one step of the history.
  const isSameHandle = handles.includes(field) && sliding === field;
  sliding = handles.includes(field) ? field : null;
  go(formUrl(), isSameHandle ? "replaceState" : "pushState");
}

function closeDrawers(except) {
  for (const drawer of form.querySelectorAll(".facet[open]")) if (drawer !== except) drawer.open = false;
}

function click(event) {
  closeDrawers(event.target.closest(".facet"));
  const link = event.target.closest("a[data-live]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(addressOf(link));
}

function escape(event) {
  const drawer = event.target.closest?.(".facet[open]");
  if (event.key !== "Escape" || !drawer) return;
  drawer.open = false;
  drawer.querySelector("summary").focus();
  event.stopImmediatePropagation();
}

if (form) {
  document.addEventListener("change", change);
  document.addEventListener("click", click);
  document.addEventListener("keydown", escape);
  document.addEventListener("atlas:shown", () => fillForm());
  document.addEventListener("atlas:go", (event) => go(address(new URLSearchParams(event.detail.search))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settleTyping();
  });
  typing.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settleTyping, 200);
  });
  for (const handle of handles) {
    handle.hidden = false;
    handle.addEventListener("input", () => slide(handle));
  }
  addEventListener("popstate", async () => {
    const url = new URL(location.href);
    if (!running && url.search === shown.search) return;
    await show(url);
    fillForm({ all: true });
  });
  const embed = document.querySelector("[data-embed]");
  embed?.addEventListener("toggle", () => import(embed.dataset.embed), { once: true });
  // The other map was not kept up to date while it was hidden.
  matchMedia("(width < 56rem)").addEventListener("change", () => {
    if (document.querySelector("[data-map]")) show(new URL(location.href));
  });
  fillRange();
}
