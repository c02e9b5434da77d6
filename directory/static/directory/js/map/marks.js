/** From groups of pins to what stands on the map: a pin, a cluster, the chosen one in front. */
import { isOnePlace } from "./clusters.js";
import { clusterLook, pinLook } from "./pins.js";

const DEEPEST = 19;
const CHOSEN_IN_FRONT = 10000;

/** [{key, lat, lng, look, front, data}] for `Markers`; the chosen pin first. */
export function marksOf(groups, chosen, looks) {
  const marks = groups.map((group) => markOf(group, looks));
  return chosen ? [markOfPin(chosen, { ...looks, chosen: true }), ...marks] : marks;
}

function markOf(group, looks) {
  if (group.count === 1 && group.pins.length) return markOfPin(group.pins[0], looks);
  const onePlace = group.whole && isOnePlace(group.pins, DEEPEST);
  const { slug: key, lat, lng } = group;
  return { key, lat, lng, data: { ...group, onePlace }, look: clusterLook(group, onePlace) };
}

function markOfPin(pin, looks) {
  const { slug: key, lat, lng } = pin;
  const front = looks.chosen ? CHOSEN_IN_FRONT : 0;
  return { key, lat, lng, front, data: { pins: [pin], lat, lng }, look: pinLook(pin, looks) };
}
