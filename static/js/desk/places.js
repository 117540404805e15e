/*
 * Choosing a place. What is new to the atlas and has no Japanese name gets a field for it,
 * below the autocomplete; on the form of a place, a choice opens the form that it fills in.
 *
 * select2 tells of a choice by jQuery alone, and only by the admin's own.
 */

const $ = window.django.jQuery;

const nameOf = (select, key) => `${select.name}-${key}-name_ja`;

function ask(select, { id, asks }) {
  const names = select.parentElement.querySelector(".place-names");
  if (!asks || !names || names.querySelector(`[name="${CSS.escape(nameOf(select, id))}"]`)) return;
  const label = document.createElement("label");
  label.className = "place-names__name";
  const text = document.createElement("span");
  text.textContent = asks;
  const input = document.createElement("input");
  Object.assign(input, { type: "text", className: "vTextField", name: nameOf(select, id), maxLength: 200, lang: "ja" });
  label.append(text, input);
  names.append(label);
}

/** A question about what is no longer chosen is not asked any more. */
function forget(select) {
  const chosen = [...select.selectedOptions].map((option) => nameOf(select, option.value));
  for (const input of select.parentElement.querySelectorAll(".place-names input")) {
    if (!chosen.includes(input.name)) input.closest("label").remove();
  }
}

/** What is not saved yet has no page of its own, to which the admin would link. */
function unlink(select) {
  if (/^\d*$/.test(select.value)) return;
  for (const link of select.parentElement.querySelectorAll("a[data-href-template]")) link.removeAttribute("href");
}

for (const select of document.querySelectorAll("select.admin-autocomplete")) unlink(select);
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
  forget(event.target);
  unlink(event.target);
});
