/** What the server's search finds, for what no pin carries: words, tags, kinds. */
import { needsServer } from "./filters.js";

const ADDRESS = "/api/v1/listings";
const MOST = 500;

/** Asks the API; the last few answers are kept, so that filters cost no request. */
export class Answers {
  constructor(address = ADDRESS) {
    this.address = address;
    this.kept = new Map();
  }

  /** {pins, all}: the features found, and whether that is all of them.
   *
   * First without place and filters, because then every filter is answered here; only where that
   * is too many, with all criteria. */
  async find(criteria, narrow, signal) {
    if (needsServer(criteria) && !narrow) {
      const wide = await this.ask(this.words(criteria), signal);
      if (wide.all) return wide;
    }
    return this.ask(this.everything(criteria), signal);
  }

  /** The answer that is already here, or undefined. */
  known(criteria) {
    return this.kept.get(`${this.words(criteria)}`);
  }

  words({ words, tag, kind }) {
    return new URLSearchParams(Object.entries({ q: words, tag, kind, limit: MOST }).filter(([, value]) => value));
  }

  everything(criteria) {
    const asked = this.words(criteria);
    const { box, place, radius, category, open, label } = criteria;
    if (category) asked.set("category", category);
    if (label) asked.set("label", "1");
    if (open) asked.set("open_at", new Date(Math.floor(Date.now() / 60000) * 60000).toISOString());
    if (place) asked.set("near", `${place.lat},${place.lng}`);
    if (box) asked.set("bbox", box.join(","));
    else if (place) asked.set("radius_km", radius);
    return asked;
  }

  async ask(asked, signal) {
    const key = `${asked}`;
    if (!this.kept.has(key)) {
      const answer = await fetch(`${this.address}?${key}`, { signal });
      if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
      const { features, numberMatched } = await answer.json();
      const state = asked.has("open_at") ? "open" : "unsaid";
      const pins = features.filter((feature) => feature.geometry).map((feature) => pinOf(feature, state));
      this.kept.set(key, { pins, all: numberMatched <= features.length });
    }
    return this.kept.get(key);
  }
}

/** Of its hours an answer says nothing, unless open ones were asked for. */
function pinOf({ geometry, properties }, state) {
  const [lng, lat] = geometry.coordinates;
  const { slug, name, category, more_categories: more = [], approximate = false, label = false } = properties;
  const categories = [category, ...more].filter(Boolean);
  return { slug, name, lat, lng, categories, approximate, labelled: label, opening: null, state };
}
