/** What lies below the pins: the background tiles, and the communes' contours while none come. */
import { contoursLayer, decodeContours } from "./contours.js";

const PATIENCE_MS = 4000;
const FAILURES = 2;
const RETRY_MS = 10000;
const SOURCES = "IGN, INSEE, La Poste, DILA";

/** Lays the ground of a Leaflet map and watches whether it comes. */
export class Ground {
  constructor(leaflet, map, element) {
    Object.assign(this, { leaflet, map, element, failed: 0, came: 0 });
    const { tileUrl, tileAttribution } = element.dataset;
    if (!tileUrl) {
      this.drawContours();
      return;
    }
    this.tiles = leaflet.tileLayer(tileUrl, {
      attribution: tileAttribution,
      className: "map-tiles",
      maxZoom: 19,
      referrerPolicy: "strict-origin-when-cross-origin",
    });
    this.tiles.on("loading", () => this.begin());
    this.tiles.on("tileload", () => (this.came += 1));
    this.tiles.on("tileerror", () => {
      this.failed += 1;
      if (this.failed >= FAILURES) this.drawContours();
    });
    this.tiles.on("load", () => this.end());
    this.tiles.addTo(map);
    map.on("moveend", () => this.tryAgain());
    window.addEventListener("online", () => this.tryAgain());
  }

  begin() {
    Object.assign(this, { failed: 0, came: 0, begun: Date.now() });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => !this.came && this.drawContours(), PATIENCE_MS);
  }

  /** All that was asked for came or failed. */
  end() {
    clearTimeout(this.timer);
    if (!this.came || this.failed) return;
    if (!this.wanted) return;
    this.wanted = false;
    this.contours?.remove();
    this.map.attributionControl.addAttribution(this.element.dataset.tileAttribution);
    this.element.removeAttribute("data-ground");
  }

  /** Tiles that failed are not asked for again by themselves: somebody moved, or is online again. */
  tryAgain() {
    if (!this.wanted || Date.now() - this.begun < RETRY_MS) return;
    this.tiles.redraw();
  }

  async drawContours() {
    if (this.wanted) return;
    this.wanted = true;
    this.contours ??= await this.fetchContours();
    if (!this.wanted || !this.contours) return;
    this.contours.addTo(this.map);
    this.map.attributionControl.removeAttribution(this.element.dataset.tileAttribution);
    this.contours.bringToBack();
    this.element.dataset.ground = "contours";
  }

  async fetchContours() {
    try {
      const answer = await fetch(this.element.dataset.contours);
      return contoursLayer(this.leaflet, decodeContours(await answer.json()), SOURCES, () => this.colours());
    } catch {
      // Without network at all: pins on plain ground, until somebody moves again.
      this.wanted = false;
      return null;
    }
  }

  /** The page's own tokens, so that the dark scheme needs nothing here. */
  colours() {
    const style = getComputedStyle(this.element);
    const token = (name) => style.getPropertyValue(name).trim();
    return {
      ground: token("--paper"),
      line: token("--rule"),
      border: token("--border"),
      text: token("--ink-2"),
      font: "system-ui, sans-serif",
    };
  }

  /** Draw anew in the colours of the other scheme. */
  recolour() {
    this.contours?.redraw();
  }
}
