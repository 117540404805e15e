/*
 * Drawing a range of years on the axis of the timeline: what the two numbers of the filter do too.
 * The columns are links, which a press without a drag follows.
 */

const LANES = matchMedia("(width >= 72rem)");
const FEWEST = 6; // pixels that make a drag
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
let brush = null;

const axisOf = (target) => target.closest?.("[data-axis]");

/** The years between two points of the axis. */
function yearsOf({ axis, from, to }) {
  const { first, last } = axis.dataset;
  const { left, width } = axis.getBoundingClientRect();
  const count = Number(last) - Number(first) + 1;
  const year = (x) => Number(first) + clamp(Math.floor(((x - left) / width) * count), 0, count - 1);
  return [Math.min(from, to), Math.max(from, to)].map(year);
}

function draw() {
  const { left, width } = brush.axis.getBoundingClientRect();
  const [start, end] = [brush.from, brush.to].map((x) => clamp(x - left, 0, width)).sort((a, b) => a - b);
  brush.shade.style.left = `${start}px`;
  brush.shade.style.width = `${end - start}px`;
  brush.shade.dataset.years = yearsOf(brush).join("–");
}

function begin(event) {
  const axis = axisOf(event.target);
  if (!axis || !LANES.matches || event.button || event.pointerType === "touch") return;
  brush = { axis, from: event.clientX, to: event.clientX, shade: null };
}

function move(event) {
  if (!brush) return;
  brush.to = event.clientX;
  if (!brush.shade && Math.abs(brush.to - brush.from) < FEWEST) return;
  if (!brush.shade) {
    brush.shade = document.createElement("div");
    brush.shade.className = "timeline__brush";
    brush.axis.append(brush.shade);
  }
  draw();
}

function end() {
  if (!brush?.shade) {
    brush = null;
    return;
  }
  const [from, to] = yearsOf(brush);
  brush.shade.remove();
  const params = new URLSearchParams(location.search);
  params.set("from", from);
  params.set("to", to);
  document.dispatchEvent(new CustomEvent("atlas:go", { detail: { search: params.toString() } }));
  // The click that follows a drag is none on a column.
  addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
  brush = null;
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function cancel() {
  brush?.shade?.remove();
  brush = null;
}

document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", move);
document.addEventListener("pointerup", end);
document.addEventListener("pointercancel", cancel);
document.addEventListener("dragstart", (event) => {
  if (axisOf(event.target)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") cancel();
});
