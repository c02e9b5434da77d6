/** How pins and clusters look: their markup as Leaflet's icons want it, their names as read aloud. */
import { openState } from "./filters.js";
import { groupName, todaySentence } from "./words.js";

const PIN_SHAPE = "M22 42c-1.8-4.6-4.6-7-7.4-9.4a16 16 0 1 1 14.8 0C26.6 35 23.8 37.4 22 42z";
const UNKNOWN_SIGN = "awning";

/** The drawn sign of a category slug; `table` is the page's list of families. */
export function signOf(slug, table) {
  for (const [family, , sign, trades] of table) {
    const found = slug === family ? sign : trades.find((trade) => trade[0] === slug)?.[2];
    if (found) return found;
  }
  return UNKNOWN_SIGN;
}

/** The French name of a category slug, "" when it is not known. */
export function categoryName(slug, table) {
  const rows = table.flatMap(([family, name, , trades]) => [[family, name], ...trades]);
  return rows.find((row) => row[0] === slug)?.[1] ?? "";
}

function svg(html, viewBox, size) {
  return `<svg viewBox="${viewBox}" width="${size}" height="${size}" aria-hidden="true" focusable="false">${html}</svg>`;
}

/** The drawing of one pin, 44 by 44: a disc with a tail, or a ring where only the commune is known. */
function drawing(state, sign, approximate, icons) {
  const middle = approximate ? 22 : 18;
  const shape = approximate
    ? `<circle class="pin-around" cx="22" cy="22" r="20"/><circle class="pin-shape" cx="22" cy="22" r="14"/>`
    : `<path class="pin-edge" d="${PIN_SHAPE}"/><path class="pin-shape" d="${PIN_SHAPE}"/>`;
  const inside =
    state === "unknown"
      ? `<text class="pin-question" x="22" y="${middle + 6.5}" text-anchor="middle">?</text>`
      : `<use class="pin-sign" href="${icons}#${sign}" x="12" y="${middle - 10}" width="20" height="20"/>`;
  return shape + inside;
}

/** What a button of a pin needs: {className, html, label, size, anchor}. */
export function pinLook(pin, { table, icons, zone, chosen = false, now = Date.now() }) {
  const state = openState(pin, now);
  const sign = pin.sign ?? signOf(pin.categories[0], table);
  const trade = pin.trade ?? categoryName(pin.categories[0], table);
  const today = todaySentence(pin, state, zone, now);
  const label = [pin.name, trade, today.toLowerCase(), pin.approximate && "lieu approximatif"];
  const size = chosen ? 62 : 44;
  const tip = (pin.approximate ? 22 : 42) / 44;
  return {
    className: `pin family-${sign} is-${state.state}${chosen ? " is-chosen" : ""}`,
    html: svg(drawing(state.state, sign, pin.approximate, icons), "0 0 44 44", size),
    caption: chosen ? pin.name : "",
    label: label.filter(Boolean).join(", "),
    size,
    anchor: [size / 2, size * tip],
  };
}

/** The same for a cluster: three sizes, its count in the middle. */
export function clusterLook({ count }, onePlace) {
  const size = count < 10 ? 36 : count < 100 ? 44 : 52;
  return {
    className: `cluster is-${size}${onePlace ? " is-one-place" : ""}${count > 999 ? " is-thousands" : ""}`,
    html: `<span>${count}</span>`,
    caption: "",
    label: groupName(count, onePlace),
    size: Math.max(size, 44),
    anchor: [Math.max(size, 44) / 2, Math.max(size, 44) / 2],
  };
}
