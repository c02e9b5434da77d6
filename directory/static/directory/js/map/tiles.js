/** Our pin tiles (docs/carte.md): fetched once, read into pins, found again by their ancestors. */

const APPROXIMATE = 1;
const PAUSED = 2;
const LABELLED = 8;
const DEEPEST = 20;
const KEPT_MS = 12 * 3600 * 1000;
/** A summary's clusters are a sixteenth of its tile: fine enough two zooms above the map's. */
const SUMMARY_ABOVE = 2;

/** The usual address of a name, as the server makes it; a tile leaves it out. */
function usualSlug(name) {
  const plain = name.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase();
  return plain.replace(/[^\w\s-]/g, "").replace(/[-\s]+/g, "-").replace(/^[-_]+|[-_]+$/g, "");
}

/** The pins of a complete tile. */
export function decode(tile) {
  const midnight = tile.midnight * 1000;
  return tile.pins.map(([lat, lng, slug, name, category, opening, flags]) => ({
    lat,
    lng,
    slug: slug || usualSlug(name),
    name,
    midnight,
    categories: category === null ? [] : [category].flat().map((index) => tile.categories[index]),
    opening: opening === null ? null : tile.openings[opening],
    doubts: tile.doubts?.[opening] ?? [],
    approximate: Boolean(flags & APPROXIMATE),
    paused: Boolean(flags & PAUSED),
    labelled: Boolean(flags & LABELLED),
  }));
}

/** The Web Mercator tile of a point, as fractions of tiles. */
function tilePoint([lat, lng], z) {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [(lng / 360 + 0.5) * 2 ** z, y * 2 ** z];
}

/** The tiles of one zoom that touch a box (west, south, east, north). */
export function tilesIn([west, south, east, north], z) {
  const most = 2 ** z - 1;
  const within = (number) => Math.max(0, Math.min(most, Math.floor(number)));
  const [left, top] = tilePoint([north, west], z).map(within);
  const [right, bottom] = tilePoint([south, east], z).map(within);
  const found = [];
  for (let x = left; x <= right; x += 1) {
    for (let y = top; y <= bottom; y += 1) found.push([z, x, y]);
  }
  return found;
}

/** The deepest zoom at which at most four tiles cover the box. */
function coveringZoom(box, zoom) {
  let z = Math.min(zoom, DEEPEST);
  while (z > 0 && tilesIn(box, z).length > 4) z -= 1;
  return z;
}

/** What was fetched; a failed tile is asked for again the next time. */
export class Tiles {
  constructor(address = "/carte/") {
    this.address = address;
    this.kept = new Map();
  }

  /** The pins and the clusters in a box at a zoom; `complete` when there are pins only. */
  async within(box, zoom, signal) {
    const found = new Map();
    const root = await this.get([0, 0, 0], signal);
    if (root.complete) found.set("0/0/0", root);
    else {
      const first = tilesIn(box, coveringZoom(box, zoom));
      await Promise.all(first.map((tile) => this.descend(tile, box, zoom, signal, found)));
    }
    const tiles = [...found.values()];
    return {
      complete: tiles.every((tile) => tile.complete),
      pins: tiles.flatMap((tile) => tile.pins ?? []),
      clusters: tiles.flatMap((tile) => tile.clusters ?? []),
    };
  }

  /** Go deeper until a tile is complete, or as fine as the map. */
  async descend([z, x, y], box, zoom, signal, found) {
    for (let up = z; up >= 0; up -= 1) {
      const key = `${up}/${x >> (z - up)}/${y >> (z - up)}`;
      const kept = this.kept.get(key);
      if (kept?.complete) {
        found.set(key, kept);
        return;
      }
    }
    const tile = await this.get([z, x, y], signal);
    if (tile.complete || z >= Math.min(zoom - SUMMARY_ABOVE, DEEPEST)) {
      found.set(`${z}/${x}/${y}`, tile);
      return;
    }
    const children = tilesIn(box, z + 1).filter(([, cx, cy]) => cx >> 1 === x && cy >> 1 === y);
    await Promise.all(children.map((child) => this.descend(child, box, zoom, signal, found)));
  }

  async get(place, signal) {
    const key = place.join("/");
    const kept = this.kept.get(key);
    if (kept && Date.now() - kept.at < KEPT_MS) return kept;
    const answer = await fetch(`${this.address}${key}.json`, { signal });
    if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
    const tile = await answer.json();
    const read = tile.complete
      ? { complete: true, pins: decode(tile) }
      : {
          complete: false,
          clusters: tile.clusters.map(([lat, lng, count]) => ({ lat, lng, count })),
        };
    this.kept.set(key, { ...read, at: Date.now() });
    return this.kept.get(key);
  }
}
