/*
 * More than one person may sign for a party: a button adds the fields of another. It works in
 * parties that are added to the page later, too.
 */

const NUMBERED = ["name", "id", "for"];

function addTo(signatories) {
  const total = signatories.querySelector("input[name$='-TOTAL_FORMS']");
  const form = signatories.querySelector("template").content.cloneNode(true);
  const prefix = total.name.replace(/TOTAL_FORMS$/, total.value);
  for (const element of form.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of NUMBERED) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace(/^(id_)?.*-__prefix__/, `$1${prefix}`));
    }
  }
  total.value = Number(total.value) + 1;
  const first = form.querySelector("input:not([type=hidden])");
  signatories.querySelector("template").before(form);
  first.focus();
}

const show = (within) => within.querySelectorAll(".signatories__add").forEach((button) => { button.hidden = false; });

show(document);
document.addEventListener("formset:added", ({ target }) => show(target));
document.addEventListener("click", ({ target }) => {
  if (target.matches(".signatories__add button")) addTo(target.closest(".signatories"));
});
