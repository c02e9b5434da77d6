/** The buttons on the map: kept when they stay, so that focus stays too, and in the list's order. */

/** Draws looks at places; each is a real button within Leaflet's marker. */
export class Markers {
  constructor(leaflet, map, { onChoose, onHover, onFocus }) {
    this.leaflet = leaflet;
    this.layer = leaflet.layerGroup().addTo(map);
    this.map = map;
    this.onChoose = onChoose;
    this.onHover = onHover;
    this.onFocus = onFocus;
    this.shown = new Map();
  }

  /** Show exactly these: [{key, lat, lng, look, front, data}]. */
  show(wanted) {
    const keys = new Set(wanted.map((one) => one.key));
    for (const [key, kept] of this.shown) {
      if (!keys.has(key)) {
        this.layer.removeLayer(kept.marker);
        this.shown.delete(key);
      }
    }
    for (const one of wanted) this.put(one);
    this.sort(wanted);
  }

  put({ key, lat, lng, look, front = 0, data }) {
    const kept = this.shown.get(key);
    const drawn = JSON.stringify(look);
    if (kept) {
      kept.data = data;
      kept.marker.setLatLng([lat, lng]);
      if (kept.drawn !== drawn) this.draw(kept, look, drawn, front);
      return;
    }
    const marker = this.leaflet.marker([lat, lng], { keyboard: false, icon: this.icon(look) });
    const fresh = { marker, data, button: document.createElement("button") };
    fresh.button.type = "button";
    marker.on("click", ({ originalEvent }) => this.onChoose(fresh.data, fresh.button, originalEvent.detail === 0));
    marker.addTo(this.layer);
    this.draw(fresh, look, drawn, front);
    for (const [name, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) {
      fresh.button.addEventListener(name, () => this.onHover(fresh.data, on));
    }
    fresh.button.addEventListener("focus", () => fresh.button.matches(":focus-visible") && this.onFocus(fresh.data));
    this.shown.set(key, fresh);
  }

  icon(look) {
    return this.leaflet.divIcon({ className: "map-mark", iconSize: [look.size, look.size], iconAnchor: look.anchor });
  }

  /** The button is moved into the new icon, not made anew: whoever has the focus keeps it. */
  draw(kept, look, drawn, front) {
    const { marker, button } = kept;
    const focused = document.activeElement === button;
    if (kept.drawn) marker.setIcon(this.icon(look));
    if (front !== (kept.front ?? 0)) marker.setZIndexOffset(front);
    kept.front = front;
    button.className = look.className;
    button.setAttribute("aria-label", look.label);
    button.innerHTML = look.html;
    if (look.caption) {
      const caption = document.createElement("span");
      caption.className = "pin-name";
      caption.textContent = look.caption;
      button.append(caption);
    }
    marker.getElement().replaceChildren(button);
    if (focused) button.focus({ preventScroll: true });
    kept.drawn = drawn;
  }

  /** The order of the buttons is the order in which Tab goes through them. */
  sort(wanted) {
    const icons = wanted.map((one) => this.shown.get(one.key).marker.getElement());
    const focused = icons.findIndex((icon) => icon.contains(document.activeElement));
    if (icons.every((icon, index) => !index || icon.previousElementSibling === icons[index - 1])) return;
    const pane = this.map.getPane("markerPane");
    icons.forEach((icon, index) => {
      if (index < focused) pane.insertBefore(icon, icons[focused]);
      else if (index > focused) pane.append(icon);
    });
  }

  button(key) {
    return this.shown.get(key)?.button;
  }
}
