/*
 * What was read in a release: a suggestion and its words in the text are lit together, keys accept,
 * reject and edit, and whoever edits a suggestion accepts it. Without this the form works the same.
 */

const LIT = "is-lit";
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, .select2-selection, [contenteditable]";

const paper = document.querySelector(".reading__paper");
const form = document.querySelector(".reading__form");
const rows = [...form.querySelectorAll("[data-row]")];
const marks = [...paper.querySelectorAll("mark")];
const taken = (row) => row.querySelector(".reading__take input");
const rowsOf = (mark) => mark.dataset.rows.split(" ").map((id) => document.getElementById(`row-${id}`));
const marksOf = (row) => marks.filter(({ dataset }) => dataset.rows.split(" ").includes(row.dataset.row));

/** Moves the text in its own box, and never the page. */
function show(mark) {
  const { top, bottom } = mark.getBoundingClientRect();
  const box = paper.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) paper.scrollTop += top - box.top - box.height / 3;
}

function light(elements) {
  for (const lit of document.querySelectorAll(`.${LIT}`)) lit.classList.remove(LIT);
  for (const element of elements) element.classList.add(LIT);
}

function lightRow(row) {
  const found = marksOf(row);
  light([row, ...found]);
  if (found.length) show(found[0]);
}

const lightMark = (mark) => light([mark, ...rowsOf(mark)]);

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, ({ target }) => {
    const row = target.closest("[data-row]");
    const mark = target.closest("mark[data-rows]");
    if (row) lightRow(row);
    else if (mark) lightMark(mark);
  });
}

/* One stop of the tab key for all marks; arrows go from one to the next. */
marks.forEach((mark, place) => { mark.tabIndex = place ? -1 : 0; });

function goToMark(mark, step) {
  const next = marks[marks.indexOf(mark) + step];
  if (!next) return;
  mark.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function goToRow(row) {
  const field = taken(row) ?? row.querySelector(TYPED);
  field?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function goFrom(row, step) {
  const next = rows[rows.indexOf(row) + step];
  if (next) goToRow(next);
}

function take(row, isTaken) {
  const box = taken(row);
  if (box) box.checked = isTaken;
  goFrom(row, 1);
}

/** An autocomplete hides its own select behind a box. */
const edited = (row) => {
  const field = row.querySelector(".reading__field :is(input, select)");
  return field?.nextElementSibling?.querySelector?.(".select2-selection") ?? field;
};

function edit(field) {
  field?.focus();
  field?.select?.();
}

const keysOfRows = {
  j: (row) => goFrom(row, 1),
  ArrowDown: (row) => goFrom(row, 1),
  k: (row) => goFrom(row, -1),
  ArrowUp: (row) => goFrom(row, -1),
  a: (row) => take(row, true),
  r: (row) => take(row, false),
  e: (row) => edit(edited(row)),
};
const keysOfMarks = {
  ArrowRight: (mark) => goToMark(mark, 1),
  ArrowLeft: (mark) => goToMark(mark, -1),
  Enter: (mark) => goToRow(rowsOf(mark)[0]),
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const row = target.closest("[data-row]");
  const mark = target.closest("mark[data-rows]");
  if (row && key === "Escape" && taken(row)) taken(row).focus();
  const act = row && !target.matches(TYPED) ? keysOfRows[key] : mark && keysOfMarks[key];
  if (!act) return;
  event.preventDefault();
  act(row ?? mark);
});

paper.addEventListener("click", ({ target }) => {
  const mark = target.closest("mark[data-rows]");
  if (mark) goToRow(rowsOf(mark)[0]);
});

/* Whoever types a value means it. select2 tells of a choice by jQuery alone. */
function accept({ target }) {
  const box = target.matches(".reading__take input") ? null : taken(target.closest("[data-row]") ?? form);
  if (box && target.closest("[data-row]")) box.checked = true;
}
form.addEventListener("input", accept);
window.django.jQuery(form).on("change", "select.admin-autocomplete", accept);

/* Beside the place that is chosen stand those that it may be instead. */
function offer(select) {
  const others = [...select.options].filter(({ value, selected }) => value && !selected);
  if (!others.length) return;
  const list = document.createElement("p");
  list.className = "reading__instead";
  for (const { value, text } of others) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text });
    button.addEventListener("click", () => {
      select.value = value;
      window.django.jQuery(select).trigger("change");
    });
    list.append(button);
  }
  select.closest(".reading__field").append(list);
}
for (const select of form.querySelectorAll("select.admin-autocomplete")) offer(select);

form.querySelector(".reading__keys").hidden = false;
