/** The Leaflet map itself: its controls in French, what it shows, who moved it. */
import { shareScrolling } from "./gestures.js";
import { Ground } from "./ground.js";

const DEEPEST = 19;
const NEAR_ENOUGH = 15;
const KM_PER_DEGREE = 111.195;
/** Where nothing is known at all, and the page says nothing of it: France. */
const HOME = [-5, 42, 8.5, 51.2];
const LESS_MOTION = "(prefers-reduced-motion: reduce)";

/** One map within a box; tells `onMoved` when a person moved it, never when the program did. */
export class Stage {
  constructor(leaflet, box, element, { onMoved, onResized }) {
    const still = matchMedia(LESS_MOTION).matches;
    Object.assign(this, { element, leaflet });
    this.map = leaflet.map(box, {
      zoomControl: false,
      attributionControl: false,
      scrollWheelZoom: false,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
      trackResize: false,
      minZoom: 4,
      maxZoom: DEEPEST,
      worldCopyJump: true,
    });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Carte : les flèches la déplacent, plus et moins changent l’échelle");
    leaflet.control.attribution({ prefix: '<a href="https://leafletjs.com">Leaflet</a>' }).addTo(this.map);
    leaflet.control
      .zoom({ position: "topright", zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" })
      .addTo(this.map);
    this.map.on("moveend", () => !this.quiet && onMoved());
    new ResizeObserver(() => {
      const before = this.map.getSize();
      this.resized();
      if (!before.equals(this.map.getSize())) onResized();
    }).observe(box);
    this.ground = new Ground(leaflet, this.map, element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.ground.recolour());
    shareScrolling(this.map, element, leaflet.Browser.mobile);
  }

  /** Move without telling anybody, and without motion. */
  byProgram(move) {
    const before = this.quiet;
    this.quiet = true;
    move();
    this.quiet = before;
  }

  get zoom() {
    return this.map.getZoom();
  }

  /** West, south, east, north of what is seen. */
  get box() {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  get position() {
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.zoom, lat, lng };
  }

  /** Whether a place is in the window or just outside of it. */
  sees({ lat, lng }) {
    return this.map.getBounds().pad(0.15).contains([lat, lng]);
  }

  goTo({ zoom, lat, lng }) {
    this.byProgram(() => this.map.setView([lat, lng], zoom, { animate: false }));
  }

  /** All that answers; the whole circle while only a part of it is here. */
  fitSearch({ box, place, radius }, pins, whole) {
    const circle = place && this.circleBox(place, radius);
    if (box) this.fitBox(box);
    else if (place && (!whole || !pins.length)) this.fitBox(circle);
    else if (pins.length) this.fitPoints(place ? [place, ...pins] : pins);
    else this.fitBox(this.element.dataset.home?.split(",").map(Number) ?? HOME);
  }

  fitBox([west, south, east, north]) {
    this.map.fitBounds([[south, west], [north, east]], { animate: false });
  }

  fitPoints(points) {
    const places = points.map(({ lat, lng }) => [lat, lng]);
    // More on the side where the buttons are, as far as the map is wide enough: no pin behind them.
    const end = Math.min(76, Math.max(32, this.map.getSize().x / 5));
    const room = { paddingTopLeft: [32, 48], paddingBottomRight: [end, 48] };
    this.map.fitBounds(places, { ...room, maxZoom: NEAR_ENOUGH, animate: false });
  }

  circleBox({ lat, lng }, km) {
    const north = km / KM_PER_DEGREE;
    const east = north / Math.cos((lat * Math.PI) / 180);
    return [lng - east, lat - north, lng + east, lat + north];
  }

  /** Go nearer, so that a group falls apart: a person asked for it, so the list follows. */
  open(pins, { lat, lng }) {
    const bounds = this.leaflet.latLngBounds(pins.map((pin) => [pin.lat, pin.lng]));
    const near = pins.length ? this.map.getBoundsZoom(bounds, false, [64, 96]) : this.zoom + 2;
    const zoom = Math.min(Math.max(near, this.zoom + 1), DEEPEST);
    this.map.setView(pins.length ? bounds.getCenter() : [lat, lng], zoom);
  }

  /** Bring a point into sight where it is not, no further than needed. */
  reveal({ lat, lng }) {
    // Room for the name below the pin, too.
    const aside = Math.min(128, this.map.getSize().x / 3);
    this.byProgram(() => this.map.panInside([lat, lng], { padding: [aside, 80], animate: false }));
  }

  resized() {
    this.byProgram(() => this.map.invalidateSize({ pan: false, animate: false }));
  }

  /** The place asked for, and how far around it. */
  drawPlace({ place, box, radius }) {
    this.around?.remove();
    this.around = null;
    if (!place) return;
    const still = { interactive: false, className: "map-around" };
    const { circle, circleMarker, layerGroup } = this.leaflet;
    const here = circleMarker([place.lat, place.lng], { ...still, radius: 5, className: "map-here" });
    this.around = layerGroup(box ? [here] : [circle([place.lat, place.lng], { ...still, radius: radius * 1000 }), here]);
    this.around.addTo(this.map);
  }
}
