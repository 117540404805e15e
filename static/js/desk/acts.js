/*
 * The form of a new act: the two places that are chosen are the parties' too, until others are
 * chosen there, and what the atlas has of them is shown below.
 */

const $ = window.django.jQuery;

const copies = { italian_place: "parties-0-place", japanese_place: "parties-1-place" };

function copy(from, to) {
  if (!to || (to.value && to.dataset.copied !== to.value)) return; // chosen by the editor
  const option = from.selectedOptions[0];
  to.replaceChildren(new Option("", ""), ...(option?.value ? [new Option(option.text, option.value, true, true)] : []));
  to.dataset.copied = to.value;
  $(to).trigger("change");
}

async function show(form) {
  const { italian_place: italian, japanese_place: japanese } = form.elements;
  const said = form.querySelector(".between");
  if (!italian.value || !japanese.value) {
    said.replaceChildren();
    return;
  }
  const query = new URLSearchParams({ italian_place: italian.value, japanese_place: japanese.value });
  const response = await fetch(`${japanese.dataset.between}?${query}`);
  if (response.ok) said.innerHTML = await response.text();
}

const second = document.querySelector("select[data-between]");
if (second) {
  const { form } = second;
  const said = document.createElement("div");
  said.className = "between";
  said.setAttribute("role", "status");
  second.closest(".form-row").append(said);
  for (const [name, copied] of Object.entries(copies)) {
    $(form.elements[name]).on("change", ({ target }) => {
      copy(target, form.elements[copied]);
      show(form);
    });
    if (form.elements[name].value) copy(form.elements[name], form.elements[copied]);
  }
  show(form);
}
