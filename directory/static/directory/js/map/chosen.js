/** The chosen listing: its pin, its card in the sheet and in the list, the one before and after. */
import { cardFor, mark } from "./cards.js";
import { kilometres, openState } from "./filters.js";
import { pinLook } from "./pins.js";
import { Sheet } from "./sheet.js";
import { todaySentence } from "./words.js";

/** At most one at a time; `view` is the `MapView` that it belongs to. */
export class Chosen {
  constructor(view) {
    this.view = view;
    this.pin = null;
    this.sheet = new Sheet(view.element, { onStep: (by) => this.step(by), onClose: () => this.close() });
    view.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.sheet.isOpen) this.close();
    });
  }

  /** All through which ‹ › go: those at one place, or everything in the list's order. */
  get sequence() {
    return this.among ?? this.view.inOrder;
  }

  choose(pin, { button = null, byKey = false, among = null } = {}) {
    const { view } = this;
    Object.assign(this, { pin, among });
    this.cameFrom = button;
    const opened = !this.sheet.isOpen;
    this.sheet.open(this.standing());
    const filled = this.fill();
    if (opened) view.stage.resized();
    view.stage.reveal(pin);
    view.draw();
    this.mark(true);
    view.remember();
    if (byKey) this.sheet.root.focus({ preventScroll: true });
    return filled;
  }

  fill() {
    const { view, pin } = this;
    const { zone } = view.element.dataset;
    const { state, until } = openState(pin, Date.now());
    const { trade, sign } = pinLook(pin, view.looks);
    const look = { state, sign, trade, today: todaySentence(pin, { state, until }, zone) };
    return cardFor(view.list, pin, look, kilometres(view.criteria.place, pin), (card) => {
      if (this.pin === pin) this.sheet.fill(card);
    });
  }

  standing() {
    return { index: this.sequence.findIndex(({ slug }) => slug === this.pin.slug), total: this.sequence.length, name: this.pin.name };
  }

  step(by) {
    const { sequence } = this;
    const { index } = this.standing();
    const next = sequence[(index + by + sequence.length) % sequence.length];
    if (next) this.choose(next, { among: this.among, button: this.cameFrom });
  }

  /** The others changed: count anew; a chosen one that no longer answers is let go. */
  count() {
    if (!this.pin || !this.sheet.isOpen) return;
    const standing = this.standing();
    if (standing.index < 0) this.close();
    else this.sheet.open(standing);
  }

  mark(scroll = false) {
    const wide = matchMedia("(width >= 60rem)").matches;
    mark(this.view.list, this.pin?.slug ?? "", "data-chosen", scroll && wide);
  }

  close({ quietly = false } = {}) {
    const { view, pin } = this;
    if (!pin) return;
    const hadFocus = this.sheet.root.contains(document.activeElement);
    Object.assign(this, { pin: null, among: null });
    this.sheet.close();
    view.stage.resized();
    view.draw();
    this.mark();
    if (!quietly) view.remember();
    if (hadFocus) (view.markers.button(pin.slug) ?? view.stage.map.getContainer()).focus({ preventScroll: true });
  }

  /** What the address says was chosen, where it still answers. */
  restore(slug) {
    if ((this.pin?.slug ?? "") === (slug ?? "")) return;
    const pin = slug && this.view.pins.find((one) => one.slug === slug);
    if (pin) this.choose(pin);
    else this.close({ quietly: true });
  }
}
