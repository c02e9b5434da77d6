/** Which pins answer to a search, in which order, and are they open: pure functions, no page.
 *
 * A pin is {slug, name, lat, lng, categories: [slug], opening, doubts, paused, approximate, labelled};
 * `opening` and `doubts` are lists of minutes after `midnight` (from, to, from, to …): when it is
 * open, and when nobody knows. `opening` is null where nobody ever knows. */

const KM_PER_DEGREE = 111.195;
const MINUTE_MS = 60000;
const LAST = 1e9;

/** The search of an address, as the server reads it. `place` is {lat, lng} or null. */
export function readCriteria(search, place, usualRadius = 15) {
  const asked = new URLSearchParams(search);
  const box = (asked.get("bbox") ?? "").split(",").map(Number);
  return {
    words: asked.get("q") ?? "",
    tag: asked.get("etiquette") ?? "",
    kind: asked.get("genre") ?? "",
    category: asked.get("categorie") ?? "",
    open: Boolean(asked.get("ouvert")),
    label: Boolean(asked.get("label")),
    radius: Number(asked.get("rayon")) || usualRadius,
    box: box.length === 4 && box.every(Number.isFinite) ? box : null,
    order: asked.get("tri") ?? "",
    place,
  };
}

/** Whether a pin alone cannot tell: words, tags and kinds are the server's to answer. */
export const needsServer = (criteria) => Boolean(criteria.words || criteria.tag || criteria.kind);

/** "open", "closed" or "unknown" at a moment (ms), and when that ends (`until`, ms or null). */
export function openState(pin, now) {
  if (pin.paused) return { state: "closed", until: null };
  if (!pin.opening) return { state: pin.state ?? "unknown", until: null };
  const minute = (now - pin.midnight) / MINUTE_MS;
  const at = (end) => (end === undefined ? null : pin.midnight + end * MINUTE_MS);
  const [, closing] = around(pin.opening, minute);
  if (closing !== undefined) return { state: "open", until: at(closing) };
  if (around(pin.doubts ?? [], minute).length) return { state: "unknown", until: null };
  return { state: "closed", until: at(pin.opening.find((from, i) => i % 2 === 0 && from > minute)) };
}

/** The stretch [from, to] that a minute lies in, [] for none. */
function around(stretches, minute) {
  for (let i = 0; i < stretches.length; i += 2) {
    if (minute >= stretches[i] && minute < stretches[i + 1]) return [stretches[i], stretches[i + 1]];
  }
  return [];
}

/** The slugs that a category stands for: itself, and the trades of a family. */
export function categorySlugs(slug, table) {
  const family = table.find((row) => row[0] === slug);
  return new Set([slug, ...(family ? family[3].map((trade) => trade[0]) : [])]);
}

/** Distance in squared degrees of latitude: the very measure that the server sorts by. */
export function squaredDegrees(place, pin) {
  const north = pin.lat - place.lat;
  const east = (pin.lng - place.lng) * Math.cos((place.lat * Math.PI) / 180);
  return north * north + east * east;
}

/** Kilometres as the crow flies, null without a place. */
export function kilometres(place, pin) {
  return place ? Math.sqrt(squaredDegrees(place, pin)) * KM_PER_DEGREE : null;
}

/** Whether a point lies in a box: west, south, east, north. */
export const inBox = ([west, south, east, north], pin) =>
  pin.lng >= west && pin.lng <= east && pin.lat >= south && pin.lat <= north;

/** The pins that answer. `served` are slugs that count as near wherever they are. */
export function matching(pins, criteria, { table = [], served = new Set(), now = Date.now() } = {}) {
  const wanted = criteria.category && categorySlugs(criteria.category, table);
  const near = (criteria.radius / KM_PER_DEGREE) ** 2;
  return pins.filter((pin) => {
    if (criteria.label && !pin.labelled) return false;
    if (wanted && !pin.categories.some((slug) => wanted.has(slug))) return false;
    if (criteria.box) {
      if (!inBox(criteria.box, pin)) return false;
    } else if (criteria.place && squaredDegrees(criteria.place, pin) > near) {
      if (!served.has(pin.slug)) return false;
    }
    return !criteria.open || openState(pin, now).state === "open";
  });
}

/** The list's order: the cards that stand on its first page, then by distance or by name. */
export function inOrder(pins, criteria, firstPage = []) {
  const rank = new Map(firstPage.map((slug, index) => [slug, index]));
  const { place, order, words } = criteria;
  // The server's answer comes with the best first.
  const asFound = words && order !== "nom" && (order === "pertinence" || !place);
  const byName = (a, b) => (asFound || a.name === b.name ? 0 : a.name < b.name ? -1 : 1);
  const far = place && order !== "nom" && order !== "pertinence";
  const measure = new Map(pins.map((pin) => [pin, far ? squaredDegrees(place, pin) : 0]));
  return [...pins].sort(
    (a, b) =>
      (rank.get(a.slug) ?? LAST) - (rank.get(b.slug) ?? LAST) ||
      measure.get(a) - measure.get(b) ||
      byName(a, b),
  );
}
