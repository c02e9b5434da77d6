/** The communes' borders and names, drawn from the shipped contours (directory/places/contours.py)
 * where no background tiles come. */
import { worldPoint } from "./clusters.js";

const TILE_PX = 256;
const LETTER = 0.55;

/** {lines: [[lat, lng], …], names: [{text, lat, lng, population}]} of a contours document. */
export function decodeContours({ scale, communes, departments }) {
  const lines = (arcs) => {
    let [x, y] = [0, 0];
    return arcs.map((steps) => {
      const line = [];
      for (let i = 0; i < steps.length; i += 2) {
        x += steps[i];
        y += steps[i + 1];
        line.push({ lat: y / scale, lng: x / scale });
      }
      return line;
    });
  };
  return {
    fine: lines(communes.arcs),
    bold: lines(departments.arcs),
    names: communes.shapes
      .map(([, name, population, x, y]) => ({ text: name.replace("'", "’"), population, lat: y / scale, lng: x / scale }))
      .sort((a, b) => b.population - a.population),
  };
}

/** The names that fit without touching at a zoom, large communes first: [{text, x, y, half, size}]. */
export function placeNames(names, zoom) {
  const size = zoom < 11 ? 12 : 14;
  const taken = new Map();
  const placed = [];
  for (const { text, lat, lng } of names) {
    const [x, y] = worldPoint({ lat, lng }, zoom);
    const half = (text.length * size * LETTER) / 2 + 6;
    const rows = [Math.floor((y - size) / 24), Math.floor((y + size) / 24)];
    const touches = rows.some((row) =>
      (taken.get(row) ?? []).some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < size * 1.6),
    );
    if (touches) continue;
    const name = { text, x, y, half, size };
    for (const row of new Set(rows)) taken.set(row, [...(taken.get(row) ?? []), name]);
    placed.push(name);
  }
  return placed;
}

function project(line, zoom) {
  const points = line.map((point) => worldPoint(point, zoom));
  const along = (axis) => points.map((point) => point[axis]);
  return { points, box: [Math.min(...along(0)), Math.min(...along(1)), Math.max(...along(0)), Math.max(...along(1))] };
}

/** A Leaflet layer of canvas tiles; everything is worked out once for each zoom. */
export function contoursLayer(leaflet, contours, attribution, style) {
  const zooms = new Map();
  const at = (zoom) => {
    if (!zooms.has(zoom)) {
      zooms.set(zoom, {
        fine: contours.fine.map((line) => project(line, zoom)),
        bold: contours.bold.map((line) => project(line, zoom)),
        names: placeNames(contours.names, zoom),
      });
    }
    return zooms.get(zoom);
  };
  const Contours = leaflet.GridLayer.extend({
    createTile(coords) {
      const dense = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = Object.assign(document.createElement("canvas"), { width: TILE_PX * dense, height: TILE_PX * dense });
      const pen = canvas.getContext("2d");
      pen.scale(dense, dense);
      pen.translate(-coords.x * TILE_PX, -coords.y * TILE_PX);
      const [left, top] = [coords.x * TILE_PX, coords.y * TILE_PX];
      const { fine, bold, names } = at(coords.z);
      const colours = style();
      const shown = ({ box }) => box[0] < left + TILE_PX && box[2] > left && box[1] < top + TILE_PX && box[3] > top;
      const draw = (lines, colour, width) => {
        pen.beginPath();
        for (const { points } of lines.filter(shown)) points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
        Object.assign(pen, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
        pen.stroke();
      };
      pen.fillStyle = colours.ground;
      pen.fillRect(left, top, TILE_PX, TILE_PX);
      if (coords.z >= 9) draw(fine, colours.line, 1);
      draw(bold, colours.border, 1.5);
      for (const { text, x, y, half, size } of coords.z >= 9 ? names : []) {
        if (x + half < left || x - half > left + TILE_PX || y + size < top || y - size > top + TILE_PX) continue;
        Object.assign(pen, { font: `${size}px ${colours.font}`, textAlign: "center", textBaseline: "middle", lineWidth: 3 });
        Object.assign(pen, { strokeStyle: colours.ground, fillStyle: colours.text });
        pen.strokeText(text, x, y);
        pen.fillText(text, x, y);
      }
      return canvas;
    },
  });
  return new Contours({ attribution, className: "map-contours", maxZoom: 19, keepBuffer: 1 });
}
