/** A map in step with its list: what answers, how it is grouped, which one is chosen. */
import { readPosition, writePosition } from "./address.js";
import { mark, pinsOf, slugsOf, watch } from "./cards.js";
import { Chosen } from "./chosen.js";
import { cluster } from "./clusters.js";
import { inOrder, readCriteria } from "./filters.js";
import { Found } from "./found.js";
import { Markers } from "./markers.js";
import { marksOf } from "./marks.js";
import { Stage } from "./stage.js";
import { clock, counted } from "./words.js";

/** Draws and listens; `element` is the `<listing-map>` with its data attributes. */
export class MapView {
  constructor(element, leaflet, boxes, table) {
    Object.assign(this, { element, table, status: boxes.status, note: boxes.note, pins: [], wholeList: true });
    this.searches = "search" in element.dataset;
    this.stage = new Stage(leaflet, boxes.stage, element, {
      onMoved: () => this.movedByHand(),
      onResized: () => this.draw(),
    });
    this.markers = new Markers(leaflet, this.stage.map, {
      onChoose: (group, button, byKey) => this.pick(group, button, byKey),
      onHover: ({ pins }, on) => mark(this.list, on && pins.length === 1 ? pins[0].slug : "", "data-near"),
      // A pin just outside of the window is reached by Tab like the others: bring it in.
      onFocus: (place) => this.stage.reveal(place),
    });
    this.chosen = new Chosen(this);
    this.found = new Found(table);
    watch(element.dataset.from, (slug) => this.pointOut(slug));
    this.readPage();
    this.begin(readPosition(this.searches ? location.hash : ""));
  }

  get list() {
    return document.querySelector(this.element.dataset.from);
  }

  get looks() {
    const { icons, zone } = this.element.dataset;
    return { table: this.table, icons, zone };
  }

  /** What the page says now: the search, its place, its list. */
  readPage(search = location.search) {
    const { lat, lng, radius, served = "" } = this.element.dataset;
    const place = lat ? { lat: Number(lat), lng: Number(lng) } : null;
    this.criteria = readCriteria(this.searches ? search : "", place, Number(radius) || undefined);
    this.found.served = new Set(served.split(" "));
    this.found.onPage = pinsOf(this.list);
    this.wholeList = !this.list?.querySelector(".pages");
    const firstPage = !new URLSearchParams(search).get("page");
    this.firstPage = firstPage ? slugsOf(this.list) : [];
  }

  /** First pins come from the page itself; ours follow, and nobody waits for the background. */
  async begin(position) {
    this.stage.drawPlace(this.criteria);
    if (position) this.stage.goTo(position);
    else this.fit();
    this.draw();
    if (position?.chosen) this.wanted = position.chosen;
    if (this.searches) {
      await this.load();
      if (!position && !this.wholeList && !this.criteria.place && !this.moved) this.fit();
    }
    this.draw();
    if (this.wanted) this.chosen.restore(this.wanted);
    // The browser's formats take long to make: now, and not when somebody touches a filter.
    clock(Date.now(), this.element.dataset.zone);
  }

  /** Fetch what is missing for this search and this piece of map. */
  async load() {
    this.loading?.abort();
    this.loading = new AbortController();
    try {
      await this.found.load(this.criteria, this.stage.box, this.stage.zoom, this.loading.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.found.failed = true;
    }
    this.draw();
  }

  /** Another search: at once where the pins are here, then whatever is missing. */
  show(search) {
    const before = this.criteria;
    this.readPage(search);
    this.stage.drawPlace(this.criteria);
    if (!this.criteria.box && (before.box || before.radius !== this.criteria.radius)) this.fit();
    this.draw();
    if (this.found.lacks(this.criteria)) this.load();
  }

  /** The list was renewed: its place, its order and its cards may be others. */
  refresh() {
    this.readPage();
    this.draw();
    this.chosen.mark();
  }

  /** All that answer in the list's order; worked out when somebody goes through them. */
  get inOrder() {
    this.sorted ??= inOrder(this.pins, this.criteria, this.firstPage);
    return this.sorted;
  }

  /** Show where the list's card is that somebody points at. */
  pointOut(slug) {
    for (const { data, button } of this.markers.shown.values()) {
      button.classList.toggle("is-hovered", Boolean(slug) && data.pins.some((pin) => pin.slug === slug));
    }
  }

  fit() {
    const { pins } = this.found.answering(this.criteria);
    this.stage.byProgram(() => this.stage.fitSearch(this.criteria, pins, this.wholeList || this.found.tiled));
  }

  draw() {
    const { pins, clusters } = this.found.answering(this.criteria);
    this.pins = pins;
    this.sorted = null;
    const chosen = this.chosen.pin;
    const others = this.pins.filter((pin) => pin.slug !== chosen?.slug);
    const groups = cluster([...others, ...clusters], this.stage.zoom).filter((group) => this.stage.sees(group));
    const shown = inOrder(groups, this.criteria, this.firstPage);
    this.markers.show(marksOf(shown, chosen, this.looks));
    this.say(clusters.reduce((sum, { count }) => sum + count, this.pins.length));
    this.chosen.count();
  }

  say(count) {
    const said = counted(count, this.criteria.open);
    if (this.status.textContent !== said) this.status.textContent = said;
    const note = this.found.note();
    Object.assign(this.note, { textContent: note, hidden: !note });
  }

  /** A pin is chosen; a group opens, or is gone through where no zooming parts it. */
  pick(group, button, byKey) {
    const { pins, onePlace, lat, lng } = group;
    if (pins.length === 1 && !(group.count > 1)) this.chosen.choose(pins[0], { button, byKey });
    else if (onePlace) {
      const together = this.inOrder.filter((pin) => pins.includes(pin));
      this.chosen.choose(together[0], { button, byKey, among: together });
    } else {
      this.refocus = byKey && pins[0];
      this.stage.open(group.whole ? pins : [], { lat, lng });
    }
  }

  /** Somebody moved the map: pins at once, and the list follows. */
  movedByHand() {
    this.moved = true;
    if (this.searches) this.criteria = { ...this.criteria, box: this.stage.box };
    this.draw();
    if (this.refocus) this.focusOn(this.refocus);
    this.refocus = null;
    if (!this.searches) return;
    if (this.found.lacks(this.criteria, true)) this.load();
    this.element.dispatchEvent(new CustomEvent("map-moved", { bubbles: true, detail: { box: this.stage.box } }));
    this.remember();
  }

  focusOn(pin) {
    for (const { data, button } of this.markers.shown.values()) {
      if (data.pins.some(({ slug }) => slug === pin.slug)) button.focus({ preventScroll: true });
    }
  }

  /** Reload and « back » find the map as it is. */
  remember() {
    if (!this.searches) return;
    const position = writePosition({ ...this.stage.position, chosen: this.chosen.pin?.slug });
    history.replaceState(history.state, "", position);
  }

  /** The address went back to another position. */
  restore(hash) {
    const position = readPosition(hash);
    if (position) this.stage.goTo(position);
    this.draw();
    this.chosen.restore(position?.chosen);
  }
}
