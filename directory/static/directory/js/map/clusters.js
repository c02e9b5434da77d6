/** Pins that would touch are drawn as one: a grid per zoom, then neighbours that are too near.
 *
 * Pure. A point is a pin, or a server's cluster {lat, lng, count}. The grid belongs to the world
 * and not to the window, so that panning changes nothing. */

const CELL_PX = 48;
const TOUCHING_PX = 50;
const TILE_PX = 256;
/** Closer than this at the deepest zoom, no zooming parts them. */
const ONE_PLACE_PX = 24;

/** Where a point lies in the world at a zoom, in pixels. */
export function worldPoint({ lat, lng }, zoom) {
  const size = TILE_PX * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return [(lng / 360 + 0.5) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
}

/** Groups of points: {slug, name, lat, lng, count, pins, whole}; one that is a single pin has its
 * slug. `whole`: each of its points is a pin. */
export function cluster(points, zoom) {
  const cells = new Map();
  for (const point of points) {
    const [x, y] = worldPoint(point, zoom);
    const column = Math.floor(x / CELL_PX);
    const row = Math.floor(y / CELL_PX);
    const key = `${column}:${row}`;
    if (!cells.has(key)) cells.set(key, { column, row, x: 0, y: 0, lat: 0, lng: 0, count: 0, points: [] });
    add(cells.get(key), point, x, y);
  }
  const groups = [...cells.values()].sort((a, b) => b.count - a.count || a.column - b.column || a.row - b.row);
  for (const group of groups) {
    if (!group.gone) absorbNeighbours(group, cells);
  }
  return groups.filter((group) => !group.gone).map((group) => describe(group, zoom));
}

function add(group, point, x, y) {
  const weight = point.count ?? 1;
  group.x += x * weight;
  group.y += y * weight;
  group.lat += point.lat * weight;
  group.lng += point.lng * weight;
  group.count += weight;
  group.points.push(point);
}

function absorbNeighbours(group, cells) {
  for (let column = group.column - 1; column <= group.column + 1; column += 1) {
    for (let row = group.row - 1; row <= group.row + 1; row += 1) {
      const other = cells.get(`${column}:${row}`);
      if (!other || other === group || other.gone) continue;
      const dx = group.x / group.count - other.x / other.count;
      const dy = group.y / group.count - other.y / other.count;
      if (Math.hypot(dx, dy) >= TOUCHING_PX) continue;
      for (const name of ["x", "y", "lat", "lng", "count"]) group[name] += other[name];
      group.points.push(...other.points);
      other.gone = true;
    }
  }
}

function describe(group, zoom) {
  const pins = group.points.filter((point) => point.slug);
  const alone = group.points.length === 1 && pins.length === 1;
  return {
    slug: alone ? pins[0].slug : `${zoom}/${group.column}/${group.row}`,
    name: pins[0]?.name ?? "",
    lat: alone ? pins[0].lat : group.lat / group.count,
    lng: alone ? pins[0].lng : group.lng / group.count,
    count: group.count,
    pins,
    whole: pins.length === group.points.length,
  };
}

/** Whether these pins stay together however near one looks. */
export function isOnePlace(pins, deepestZoom) {
  const places = pins.map((pin) => worldPoint(pin, deepestZoom));
  const spread = (axis) => {
    const along = places.map((place) => place[axis]);
    return Math.max(...along) - Math.min(...along);
  };
  return Math.hypot(spread(0), spread(1)) < ONE_PLACE_PX;
}
