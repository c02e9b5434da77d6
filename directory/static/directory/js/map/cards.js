/** The list beside the map: its cards as pins, and a card for the sheet. */
import { distance } from "./words.js";

const LISTING = "/annuaire/fiche/";
const SHOWN = "[data-listing][data-lat][data-lng]";
const APART = ".apart *";

/** The pins of the cards in a list; those of unknown hours that stand apart are left out. */
export function pinsOf(list) {
  return [...(list?.querySelectorAll(SHOWN) ?? [])].filter((card) => !card.matches(APART)).map(pinOf);
}

function pinOf(card) {
  const said = card.querySelector(".today");
  return {
    slug: card.dataset.listing,
    lat: Number(card.dataset.lat),
    lng: Number(card.dataset.lng),
    name: card.dataset.name ?? card.querySelector(".card-name, h2, h3, a")?.textContent.trim() ?? "",
    approximate: "approximate" in card.dataset,
    labelled: "labelled" in card.dataset,
    categories: [],
    opening: null,
    state: /is-(open|closed|unknown)/.exec(said?.className)?.[1] ?? card.dataset.state ?? "unsaid",
    today: said?.textContent.trim(),
    sign: /family-(\w+)/.exec(card.className)?.[1],
    trade: card.querySelector(".card-place .sign")?.textContent.trim() ?? "",
  };
}

/** The slugs of a list in its order, those apart left out. */
export function slugsOf(list) {
  const cards = [...(list?.querySelectorAll("[data-listing]") ?? [])];
  return cards.filter((card) => !card.matches(APART)).map((card) => card.dataset.listing);
}

/** Mark one card of the list, and no other. */
export function mark(list, slug, attribute, scroll = false) {
  for (const card of list?.querySelectorAll(`[${attribute}]`) ?? []) card.removeAttribute(attribute);
  const card = slug ? list?.querySelector(`[data-listing="${CSS.escape(slug)}"]`) : null;
  card?.setAttribute(attribute, "");
  if (scroll) card?.scrollIntoView({ block: "nearest" });
}

/** Tell which card of the list is pointed at or has the focus, "" when none is. */
export function watch(from, tell) {
  const find = ({ target }) => target.closest?.(`${from} [data-listing]`)?.dataset.listing ?? "";
  let last = "";
  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, (happened) => {
      const slug = find(happened);
      if (slug !== last) tell(slug);
      last = slug;
    });
  }
}

/** A copy of the list's card, without what makes it a result. */
function copy(card) {
  const made = card.cloneNode(true);
  for (const name of ["data-listing", "data-chosen", "data-near"]) made.removeAttribute(name);
  return made;
}

/** What the pin alone can say, until the server's card is there. */
function sketch(pin, look, km) {
  const made = document.createElement("article");
  made.className = `card family-${look.sign}`;
  made.innerHTML =
    '<div class="card-text"><h2 class="card-name"><a></a></h2><p class="today"><span></span></p>' +
    '<p class="card-place"><span class="sign"></span></p></div>';
  const link = made.querySelector("a");
  link.href = `${LISTING}${pin.slug}/`;
  link.textContent = pin.name;
  made.querySelector(".today").classList.add(`is-${look.state}`);
  made.querySelector(".today span").textContent = look.today;
  made.querySelector(".sign").textContent = look.trade;
  return withDistance(made, pin, km);
}

function withDistance(card, pin, km) {
  if (km === null || card.querySelector(".card-far")) return card;
  const far = document.createElement("p");
  far.className = "card-far";
  far.textContent = `${pin.approximate ? "~" : ""}${distance(km)} `;
  far.append(Object.assign(document.createElement("small"), { textContent: "km" }));
  card.prepend(far);
  return card;
}

/** Hand a card for the sheet to `show`: the list's own, else a sketch and then the server's. */
export async function cardFor(list, pin, look, km, show) {
  const card = list?.querySelector(`[data-listing="${CSS.escape(pin.slug)}"]`);
  if (card) {
    show(copy(card));
    return;
  }
  show(sketch(pin, look, km));
  try {
    const answer = await fetch(`${LISTING}${pin.slug}/vignette/`);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const fetched = page.querySelector("[data-listing]");
    if (fetched) show(withDistance(copy(fetched), pin, km));
  } catch {
    // Without network the sketch stays: it says what matters and leads to the page.
  }
}
