/** The chosen listing below the map: its card, ‹ 3/14 ›, « Appeler ». */

const SWIPE_PX = 48;

const MARKUP = `
<div class="sheet-card"></div>
<div class="sheet-bar">
  <button type="button" data-step="-1" aria-label="Adresse précédente"><span aria-hidden="true">‹</span></button>
  <p class="sheet-count" aria-hidden="true"></p>
  <p class="visually-hidden" role="status"></p>
  <button type="button" data-step="1" aria-label="Adresse suivante"><span aria-hidden="true">›</span></button>
  <a class="button sheet-call">Appeler</a>
  <button type="button" data-close aria-label="Fermer"><span aria-hidden="true">×</span></button>
</div>`;

/** A region that is hidden until something is chosen. */
export class Sheet {
  constructor(parent, { onStep, onClose }) {
    this.root = Object.assign(document.createElement("section"), { className: "sheet", hidden: true, tabIndex: -1 });
    this.root.setAttribute("aria-label", "Adresse choisie");
    this.root.innerHTML = MARKUP;
    this.place = this.root.querySelector(".sheet-card");
    this.status = this.root.querySelector("[role=status]");
    this.onStep = onStep;
    this.root.addEventListener("click", ({ target }) => {
      const step = target.closest("[data-step]");
      if (step) onStep(Number(step.dataset.step));
      else if (target.closest("[data-close]")) onClose();
    });
    this.watchSwipes();
    parent.append(this.root);
  }

  /** Which of how many; where that is one only, there is nothing to step through. */
  open({ index, total, name }) {
    this.root.hidden = false;
    const said = `${index + 1} sur ${total} : ${name}`;
    // Read aloud when it changes, while the focus stays on the button.
    if (this.status.textContent !== said) this.status.textContent = said;
    this.root.querySelector(".sheet-count").innerHTML = `<strong>${index + 1}</strong>/${total}`;
    for (const button of this.root.querySelectorAll("[data-step]")) button.disabled = total < 2;
  }

  /** Put a card in; the telephone only where one is known. */
  fill(card) {
    this.place.replaceChildren(card);
    const call = this.root.querySelector(".sheet-call");
    const { phone } = card.dataset;
    call.hidden = !phone;
    if (phone) call.href = `tel:${phone}`;
    else call.removeAttribute("href");
  }

  close() {
    this.root.hidden = true;
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** A finger that goes sideways steps on; up and down stays the page's. */
  watchSwipes() {
    let start = null;
    const card = this.place;
    card.addEventListener("touchstart", ({ touches }) => (start = touches.length === 1 ? touches[0] : null), { passive: true });
    card.addEventListener("touchmove", ({ touches }) => {
      const aside = start ? touches[0].clientX - start.clientX : 0;
      card.style.translate = Math.abs(aside) > 8 ? `${aside}px` : "";
    }, { passive: true });
    const end = ({ changedTouches }) => {
      card.style.translate = "";
      if (!start) return;
      const aside = changedTouches[0].clientX - start.clientX;
      const along = Math.abs(changedTouches[0].clientY - start.clientY);
      if (Math.abs(aside) > SWIPE_PX && Math.abs(aside) > along) this.onStep(aside < 0 ? 1 : -1);
      start = null;
    };
    card.addEventListener("touchend", end);
    card.addEventListener("touchcancel", () => {
      start = null;
      card.style.translate = "";
    });
  }
}
