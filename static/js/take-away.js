/*
 * “Take it with you”: the sizes of the files, and how to ask the API for the same, come when the
 * panel is opened. To know them, the server writes the files: it is not asked before.
 */

const panel = document.querySelector("[data-take-away]");

async function fill() {
  const part = panel.querySelector('[data-part="take-away"]');
  const link = part.querySelector("[data-more]");
  if (!panel.open || !link) return;
  const address = new URL(link.href);
  address.searchParams.set("fragment", "page");
  const response = await fetch(address).catch(() => null);
  if (!response?.ok || part.querySelector("[data-more]") !== link) return; // another filter meanwhile
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const body = fresh.querySelector('[data-part="take-away"]');
  if (body) part.replaceChildren(...body.childNodes);
}

panel?.addEventListener("toggle", fill);
document.addEventListener("atlas:shown", () => panel && fill());
