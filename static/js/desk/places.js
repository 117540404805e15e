/*
 * Choosing a place. What is new to the atlas and has no Japanese name gets a field for it,
 * below the autocomplete; on the form of a place, a choice opens the form that it fills in.
 *
 * select2 tells of a choice by jQuery alone, and only by the admin's own.
 */

const $ = window.django.jQuery;

const nameOf = (key) => `name_ja-${key}`;
const selects = (form) => [...form.querySelectorAll("select.admin-autocomplete")];

function ask(select, { id, asks }) {
  const names = select.parentElement.querySelector(".place-names");
  if (!asks || !names || select.form.elements[nameOf(id)]) return; // asked once on a page
  const label = document.createElement("label");
  label.className = "place-names__name";
  const text = document.createElement("span");
  text.textContent = asks;
  const input = document.createElement("input");
  Object.assign(input, { type: "text", className: "vTextField", name: nameOf(id), maxLength: 200, lang: "ja" });
  label.append(text, input);
  names.append(label);
}

/** A question about what is chosen nowhere any more is not asked, and none twice. */
function forget(form) {
  const chosen = new Set(selects(form).flatMap((select) => [...select.selectedOptions].map(({ value }) => nameOf(value))));
  for (const input of form.querySelectorAll(".place-names input")) {
    if (!chosen.delete(input.name)) input.closest("label").remove();
  }
}

/** What is not saved yet has no page of its own, to which the admin would link. */
function unlink(select) {
  if (/^\d*$/.test(select.value)) return;
  for (const link of select.parentElement.querySelectorAll("a[data-href-template]")) link.removeAttribute("href");
}

for (const select of document.querySelectorAll("select.admin-autocomplete")) unlink(select);
for (const form of document.forms) forget(form);
$(document).on("select2:select", "select.admin-autocomplete", (event) => {
  const select = event.target;
  const { data } = event.params;
  if (select.name === "gazetteer") {
    if (data.url) location.assign(data.url);
  } else {
    ask(select, data);
  }
});
$(document).on("change", "select.admin-autocomplete", (event) => {
  forget(event.target.form);
  unlink(event.target);
});
