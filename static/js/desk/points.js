/*
 * Picks a point on the base map of a country, into the fields of latitude and longitude. Both
 * ways: what is typed there moves the mark.
 */

const DEGREES = 5; // decimals, about a metre
const SVG = "http://www.w3.org/2000/svg";

const box = (text) => {
  const [south, west, north, east] = text.split(",").map(Number);
  return [[south, west], [north, east]];
};

class PointPicker {
  constructor(element) {
    const form = element.closest("form");
    [this.latitude, this.longitude, this.country] = ["latitude", "longitude", "country"].map((name) => form.elements[name]);
    if (!this.latitude || !this.longitude) return;
    this.maps = [...element.querySelectorAll("[data-country]")].map(({ dataset }) => dataset);
    element.hidden = false;
    this.map = L.map(element.querySelector(".point-picker__map"), {
      attributionControl: false,
      fadeAnimation: false,
      keyboard: false, // the numbers are for the keyboard
      scrollWheelZoom: false,
      zoomAnimation: false,
      zoomSnap: 0,
      zoomDelta: 0.5,
    });
    this.map.on("click", ({ latlng }) => this.pick(latlng));
    for (const input of [this.latitude, this.longitude]) input.addEventListener("input", () => this.mark());
    this.country?.addEventListener("change", () => this.show());
    this.show();
    // A map in a part of the page that was not laid out yet does not know its size.
    new ResizeObserver(() => this.map.invalidateSize()).observe(this.map.getContainer());
  }

  /** Latitude and longitude as they are in the fields, null where one is missing. */
  get point() {
    const numbers = [this.latitude, this.longitude].map((input) => (input.value.trim() ? Number(input.value) : NaN));
    return numbers.every(Number.isFinite) ? numbers : null;
  }

  /** The map of the chosen country, or of that which the point lies in. */
  async show() {
    const { point } = this;
    const within = ({ bounds }) => point && L.latLngBounds(box(bounds)).contains(point);
    const chosen = this.maps.find(({ country }) => country === this.country?.value)
      ?? this.maps.find(within) ?? this.maps[0];
    this.map.setMaxBounds(box(chosen.bounds));
    this.map.setMinZoom(0);
    this.map.fitBounds(box(chosen.view), { animate: false });
    this.map.setMinZoom(this.map.getZoom() - 1);
    this.map.setMaxZoom(this.map.getZoom() + 5);
    if (within(chosen)) this.map.setView(point, this.map.getZoom() + 2, { animate: false });
    this.mark();
    await this.draw(chosen);
  }

  async draw({ file, bounds }) {
    if (this.file === file) return;
    this.file = file;
    const response = await fetch(file);
    if (!response.ok || this.file !== file) return; // the country was changed meanwhile
    const drawn = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    const base = document.createElementNS(SVG, "svg");
    base.setAttribute("viewBox", drawn.documentElement.getAttribute("viewBox"));
    base.setAttribute("preserveAspectRatio", "none");
    base.classList.add("point-picker__base");
    base.append(...[...drawn.querySelectorAll("path:not([id^=coast])")].map((path) => document.adoptNode(path)));
    this.base?.remove();
    this.base = L.svgOverlay(base, box(bounds), { interactive: false, pane: "tilePane" }).addTo(this.map);
  }

  pick({ lat, lng }) {
    this.latitude.value = lat.toFixed(DEGREES);
    this.longitude.value = lng.toFixed(DEGREES);
    for (const input of [this.latitude, this.longitude]) input.dispatchEvent(new Event("change", { bubbles: true }));
    this.mark();
  }

  mark() {
    const { point } = this;
    if (!point) {
      this.spot?.remove();
    } else if (this.spot) {
      this.spot.setLatLng(point).addTo(this.map);
    } else {
      this.spot = L.circleMarker(point, { radius: 6, className: "point-picker__spot", interactive: false }).addTo(this.map);
    }
  }
}

for (const element of document.querySelectorAll("[data-point-picker]")) new PointPicker(element);
