/*
 * Leads to the very field that an address names (#id_signed): what is folded opens, and the field
 * gets the focus. With ?cite=signed an empty citation of that fact is begun.
 */

/** What a reader types into: an autocomplete hides its own select behind a box. */
const focusable = (field) => field.nextElementSibling?.querySelector?.(".select2-selection") ?? field;

function lead(field) {
  for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  focusable(field).focus({ preventScroll: true });
  field.closest(".form-row, .inline-related, .inline-group")?.scrollIntoView({ block: "center" });
}

/** Django's own link adds the row; the last one is the template that it copies. */
function begin(group, fact) {
  group.querySelector(".add-row a")?.click();
  const row = [...group.querySelectorAll(".inline-related:not(.empty-form)")].at(-1);
  const select = row?.querySelector('select[name$="-field"]');
  if (!select || select.value) return;
  select.value = fact;
  const source = row.querySelector('select[name$="-source"]');
  if (source) lead(source);
}

function arrive() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const fact = new URLSearchParams(location.search).get("cite");
  if (target.matches("input, select, textarea")) lead(target);
  else if (fact) begin(target, fact);
}

// After Django's inlines and autocompletes, which wait for jQuery's own moment and were there first.
window.django.jQuery(arrive);
addEventListener("hashchange", arrive);
