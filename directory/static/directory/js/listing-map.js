/** `<listing-map data-from="#list">`: a map of the list's `[data-listing][data-lat][data-lng]`;
 * with `data-search`, of all that answers to the page's address.
 *
 * Nothing of it is fetched before it is in sight: on a phone, when somebody opens the map. */

const ELSEWHERE_FIRST_MS = 2000;

class ListingMap extends HTMLElement {
  connectedCallback() {
    this.watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.watch.disconnect();
      // Where the map is what was asked for, at once; beside a list, when there is nothing else to do.
      const wait = this.closest('[data-view="carte"]') ? null : window.requestIdleCallback;
      if (wait) wait(() => this.start(), { timeout: ELSEWHERE_FIRST_MS });
      else this.start();
    });
    this.watch.observe(this);
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  /** Fetch what the map needs, all at once, and draw it. */
  start() {
    this.started ??= this.open();
    return this.started;
  }

  async open() {
    const boxes = this.build();
    try {
      const [{ loadLeaflet }, { MapView }] = await Promise.all([import("./map/leaflet.js"), import("./map/view.js")]);
      const leaflet = await loadLeaflet(this.dataset);
      const table = JSON.parse(document.getElementById("categories-carte").textContent);
      this.view = new MapView(this, leaflet, boxes, table);
    } catch (error) {
      boxes.note.textContent = "La carte n’a pas pu s’ouvrir. La liste est complète.";
      boxes.note.hidden = false;
      throw error;
    }
  }

  build() {
    const add = (parent, tag, properties) => {
      const made = Object.assign(document.createElement(tag), properties);
      parent.append(made);
      return made;
    };
    const frame = add(this, "div", { className: "map-frame" });
    const stage = add(frame, "div", { className: "map-stage" });
    const note = add(frame, "p", { className: "map-note", hidden: true });
    const status = add(this, "p", { className: "visually-hidden" });
    status.setAttribute("role", "status");
    return { stage, note, status };
  }
}

customElements.define("listing-map", ListingMap);
