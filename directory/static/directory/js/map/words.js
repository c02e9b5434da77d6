/** What the map says in French: names of pins, groups and counts. */

const NBSP = "\u00a0";

/** Formats are dear to make and cheap to use. */
const formats = new Map();
function format(zone, options) {
  const key = zone + Object.keys(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("fr-FR", { ...options, timeZone: zone }));
  return formats.get(key);
}

/** « 12 h 30 » in the site's own time. */
export function clock(moment, zone) {
  const parts = format(zone, { hour: "numeric", minute: "2-digit" }).formatToParts(moment);
  const [hour, minute] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type).value);
  return `${Number(hour)}${NBSP}h${minute === "00" ? "" : `${NBSP}${minute}`}`;
}

const dayOf = (moment, zone) => format(zone, { dateStyle: "short" }).format(moment);

/** Today's sentence for a pin: « Ouvert jusqu’à 12 h 30 », « Fermé · ouvre demain à 9 h ». */
export function todaySentence(pin, { state, until }, zone, now = Date.now()) {
  if (pin.today) return pin.today;
  if (pin.paused) return "Fermé pour le moment";
  if (state === "unsaid") return "";
  if (state === "unknown") return "Horaires inconnus";
  if (state === "open") {
    return until && until - now < 24 * 3600000 ? `Ouvert jusqu’à ${clock(until, zone)}` : "Ouvert";
  }
  if (!until) return "Fermé";
  const tomorrow = dayOf(until, zone) === dayOf(now, zone) ? "" : "demain ";
  return `Fermé · ouvre ${tomorrow}à ${clock(until, zone)}`;
}

/** A distance as a person says it: « 4,2 km » below 10 km, whole above. */
export function distance(km) {
  return km < 9.95 ? Math.max(km, 0.1).toFixed(1).replace(".", ",") : km.toFixed(0);
}

export const plural = (count, one, many = `${one}s`) => (count >= 2 ? many : one);

/** « 14 adresses sur la carte ». */
export function counted(count, open) {
  if (!count) return open ? "Aucune adresse ouverte sur la carte" : "Aucune adresse sur la carte";
  return `${count} ${plural(count, "adresse")}${open ? ` ${plural(count, "ouverte")}` : ""} sur la carte`;
}

export const groupName = (count, onePlace) =>
  onePlace ? `${count} adresses au même endroit, les parcourir` : `Groupe de ${count} adresses, agrandir`;
