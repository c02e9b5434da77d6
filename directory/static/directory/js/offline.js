/** The page without network: pages that were read, and the directory's names as far as it was kept
 * (templates/installed/worker.js keeps both). */
import { decode } from "./map/tiles.js";

const PAGES = "pages-1", TILES = "carte-1";
const MOST_FOUND = 20;

/** Words as they are compared: without accents and case. */
function folded(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

class KeptHere extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    const [byName, read] = this.querySelectorAll("section");
    const [pages, listings] = await Promise.all([this.pages(), this.listings()]);
    if (pages.length) {
      read.querySelector("ul").replaceChildren(...pages.map(({ url, title }) => line(url, title)));
      read.hidden = false;
    }
    if (listings.length) {
      this.search(byName, listings);
      byName.hidden = false;
    }
    this.hidden = !(pages.length || listings.length);
  }

  /** What was read, the last one first. */
  async pages() {
    const cache = await caches.open(PAGES);
    const requests = (await cache.keys()).reverse();
    return Promise.all(requests.map(async (request) => {
      const html = await (await cache.match(request)).text();
      const title = new DOMParser().parseFromString(html, "text/html").title;
      return { url: request.url, title: title.split(" – ")[0] || request.url };
    }));
  }

  /** Every listing of the tiles that were kept, once. */
  async listings() {
    const cache = await caches.open(TILES);
    const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
    const found = new Map();
    for (const answer of answers) {
      const tile = await answer.json();
      if (tile.complete) decode(tile).forEach((pin) => found.set(pin.slug, pin));
    }
    return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, "fr"));
  }

  search(section, listings) {
    const input = section.querySelector("input");
    const said = section.querySelector("[role=status]");
    const show = () => {
      const words = folded(input.value).split(/\s+/).filter(Boolean);
      const fits = ({ name, categories }) => {
        const text = folded(`${name} ${categories.join(" ")}`);
        return words.every((word) => text.includes(word));
      };
      const found = words.length ? listings.filter(fits) : [];
      const many = found.length > 1 ? "s" : "";
      said.textContent = words.length
        ? `${found.length} adresse${many}`
        : `${listings.length} adresses gardées sur cet appareil`;
      section.querySelector("ul").replaceChildren(...found.slice(0, MOST_FOUND).map((pin) => {
        const item = line(this.dataset.listing.replace("fiche-x", pin.slug), pin.name);
        const place = document.createElement("a");
        place.href = `geo:${pin.lat},${pin.lng}`;
        place.textContent = "Itinéraire";
        item.append(`, ${pin.categories[0]?.replaceAll("-", " ") ?? ""} · `, place);
        return item;
      }));
    };
    section.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", show);
    show();
  }
}

function line(url, text) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = text;
  item.append(link);
  return item;
}

customElements.define("kept-here", KeptHere);
