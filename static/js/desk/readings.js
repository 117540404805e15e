/*
 * Says below a date or a term, while it is typed, how the server understands it.
 */

const PAUSE = 200; // milliseconds without a key

async function readBack(input, output) {
  const text = input.value.trim();
  output.classList.remove("read-back--puzzled");
  if (!text) {
    output.textContent = "";
    return;
  }
  const { reads, url } = output.dataset;
  const response = await fetch(`${url}?${new URLSearchParams({ reads, text })}`);
  if (!response.ok || input.value.trim() !== text) return; // more was typed meanwhile
  const { understood, sentence } = await response.json();
  output.textContent = sentence;
  output.classList.toggle("read-back--puzzled", !understood);
}

/* Fields of rows that are added later too. */
const waiting = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const output = target.parentElement?.querySelector(":scope > .read-back");
  if (!output) return;
  clearTimeout(waiting.get(target));
  waiting.set(target, setTimeout(readBack, PAUSE, target, output));
});
