/** The search page with its map open: filters, list, address and map stay in step without reloading.
 *
 * Every link stays a link: where something cannot be fetched, the browser goes there itself. */
import { changed, writeBox } from "./map/address.js";

const FOLLOW_MS = 400;
const FOLLOWED = ["q", "ou", "lat", "lng"];

const page = document.querySelector(".search-page");
const map = page.querySelector("listing-map");
let shown = location.search;
let asking;
let timer;

const parameter = (search, name) => new URLSearchParams(search).get(name) ?? "";
const withoutView = (search) => changed(search, { vue: "", page: "" }) + parameter(search, "page");
const inView = (search, view) => {
  const asked = new URLSearchParams(search);
  asked.delete("vue");
  if (view === "carte") asked.set("vue", "carte");
  return `?${asked.toString().replaceAll("%2C", ",")}`;
};

/** List or map on a phone; both at once on a big screen. */
function look(view) {
  page.dataset.view = view;
  const form = page.querySelector("form");
  form.elements.vue?.remove();
  if (view === "carte") form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "vue", value: view }));
}

/** Where the focus is within a part that is about to be replaced, and back to the same place after. */
function keepFocus(part, replace) {
  const links = (root) => [...root.querySelectorAll("a, summary, button")];
  const index = part.contains(document.activeElement) ? links(part).indexOf(document.activeElement) : -1;
  const fresh = replace();
  if (index >= 0) links(fresh)[Math.min(index, links(fresh).length - 1)]?.focus({ preventScroll: true });
}

/** Put the parts of a fetched page in the place of ours. */
function swap(fetched) {
  const other = new DOMParser().parseFromString(fetched, "text/html");
  if (!other.querySelector(".search-page")) throw new Error("no results in the answer");
  for (const part of page.querySelectorAll("[data-swap]")) {
    const fresh = other.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (!fresh || (part.open && part.contains(document.activeElement))) continue;
    keepFocus(part, () => {
      part.replaceWith(document.adoptNode(fresh));
      return fresh;
    });
  }
  const freshMap = other.querySelector("listing-map");
  for (const name of ["served", "lat", "lng"]) {
    if (name in freshMap.dataset) map.dataset[name] = freshMap.dataset[name];
    else delete map.dataset[name];
  }
  document.title = other.title;
  look(page.dataset.view);
  map.view?.refresh();
}

/** Fetch the list for the address as it stands. */
async function renew() {
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(location.pathname + location.search, { signal: asking.signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  swap(await answer.text());
}

/** A filter, an order, a page: pins at once, then the list. */
async function follow(search) {
  clearTimeout(timer);
  history.pushState(null, "", search + location.hash);
  shown = search;
  map.view.show(search);
  try {
    await renew();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(location.href);
  }
}

function turn(view, search) {
  history.pushState(null, "", inView(search, view) + location.hash);
  shown = location.search;
  look(view);
  if (view === "carte") page.querySelector(".search-line").open = false;
  scrollTo(0, 0);
  page.querySelector(view === "carte" ? ".to-list" : ".to-map").focus({ preventScroll: true });
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const plain = !event.defaultPrevented && !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !plain || !link.getAttribute("href")?.startsWith("?")) return;
  if (link.dataset.to) {
    event.preventDefault();
    turn(link.dataset.to, location.search);
    return;
  }
  const search = inView(link.search, page.dataset.view);
  const elsewhere = FOLLOWED.some((name) => parameter(search, name) !== parameter(location.search, name));
  if (elsewhere || !map.view || !map.checkVisibility()) {
    link.search = search;
    return;
  }
  event.preventDefault();
  follow(search);
  if (link.closest(".search-list")) page.querySelector(".search-list").scrollIntoView({ block: "start" });
});

map.addEventListener("map-moved", ({ detail }) => {
  history.replaceState(null, "", changed(location.search, { bbox: writeBox(detail.box) }) + location.hash);
  shown = location.search;
  clearTimeout(timer);
  // The list that does not follow stays as it is: whoever moves a map without network keeps the map.
  timer = setTimeout(() => renew().catch(() => {}), FOLLOW_MS);
});

addEventListener("popstate", async () => {
  look(parameter(location.search, "vue") === "carte" ? "carte" : "liste");
  const same = withoutView(location.search) === withoutView(shown);
  shown = location.search;
  if (!same) {
    map.view?.show(location.search);
    await renew().catch((error) => error.name !== "AbortError" && location.reload());
  }
  if (!location.hash || location.hash.startsWith("#carte=")) map.view?.restore(location.hash);
});
