/** Where the map stands, in the address: `#carte=12/48.6444/1.8308/slug`, and `bbox=` in the search. */

const POSITION = /^#carte=(\d{1,2})\/(-?[\d.]+)\/(-?[\d.]+)(?:\/([\w-]+))?$/;

/** {zoom, lat, lng, chosen} of a fragment, or null where it says nothing of a map. */
export function readPosition(hash) {
  const found = POSITION.exec(hash);
  if (!found) return null;
  const [zoom, lat, lng] = found.slice(1, 4).map(Number);
  if (!(zoom <= 19 && Math.abs(lat) <= 85 && Math.abs(lng) <= 180)) return null;
  return { zoom, lat, lng, chosen: found[4] ?? "" };
}

/** The fragment for a position. */
export function writePosition({ zoom, lat, lng, chosen }) {
  return `#carte=${zoom}/${lat.toFixed(4)}/${lng.toFixed(4)}${chosen ? `/${chosen}` : ""}`;
}

/** The same search from its first page on, with some parameters changed; "" takes one off. */
export function changed(search, changes) {
  const asked = new URLSearchParams(search);
  asked.delete("page");
  for (const [name, value] of Object.entries(changes)) {
    if (value) asked.set(name, value);
    else asked.delete(name);
  }
  return `?${asked.toString().replaceAll("%2C", ",")}`;
}

/** West, south, east, north as the server reads them: 1/10,000 degree is about ten metres. */
export const writeBox = (box) => box.map((edge) => Number(edge.toFixed(4))).join(",");
