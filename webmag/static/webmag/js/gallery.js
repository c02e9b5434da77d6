/** `<photo-gallery>`: two arrows and a position for a strip that scrolls by itself.
 *
 * Without this the strip is swiped, scrolled, or reached by its numbers. */

const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

class PhotoGallery extends HTMLElement {
  connectedCallback() {
    this.strip = this.querySelector(".gallery-strip");
    this.slides = [...this.strip.children];
    this.current = 0;
    this.addSteps();
    this.strip.addEventListener("keydown", (event) => this.onKey(event));
    this.watch = new IntersectionObserver((entries) => this.seen(entries), { root: this.strip, threshold: 0.6 });
    for (const slide of this.slides) this.watch.observe(slide);
  }

  disconnectedCallback() {
    this.watch.disconnect();
    this.steps.remove();
  }

  addSteps() {
    this.steps = Object.assign(document.createElement("div"), { className: "gallery-steps" });
    this.before = this.button("‹", "Photo précédente", -1);
    this.place = document.createElement("output");
    this.after = this.button("›", "Photo suivante", 1);
    this.steps.append(this.before, this.place, this.after);
    this.querySelector(".gallery-bar").append(this.steps);
    this.tell();
  }

  button(sign, label, step) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => this.go(this.current + step));
    return made;
  }

  onKey(event) {
    const step = KEYS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.go(this.current + step);
  }

  /** Show a photo; only the strip moves, never the page. */
  go(number) {
    this.current = Math.min(Math.max(number, 0), this.slides.length - 1);
    const left = this.slides[this.current].offsetLeft - this.slides[0].offsetLeft;
    this.strip.scrollTo({ left, behavior: calm() ? "instant" : "smooth" });
    this.tell();
  }

  /** A finger or a wheel moved it. */
  seen(entries) {
    const shown = entries.find((entry) => entry.isIntersecting);
    if (!shown) return;
    clearTimeout(this.settling);
    // On its way to another photo it passes by some.
    this.settling = setTimeout(() => {
      this.current = this.slides.indexOf(shown.target);
      this.tell();
    }, 150);
  }

  tell() {
    this.place.textContent = `${this.current + 1} sur ${this.slides.length}`;
    // A button that is switched off would lose the focus: it is only said to be off.
    this.before.setAttribute("aria-disabled", this.current === 0);
    this.after.setAttribute("aria-disabled", this.current === this.slides.length - 1);
  }
}

customElements.define("photo-gallery", PhotoGallery);
