/**
 * Keys for a case's page: each presses what carries its letter in `data-key`. They can be switched
 * off, since single keys disturb who dictates or hits them by chance (WCAG 2.1.4).
 */
const KEPT = "demandes-touches";
const TYPED_INTO = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

class QueueKeys extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.box = this.querySelector("input");
    this.box.checked = localStorage.getItem(KEPT) === "oui";
    this.box.addEventListener("change", () => {
      localStorage.setItem(KEPT, this.box.checked ? "oui" : "non");
    });
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  press(event) {
    const typing = event.target.closest?.(TYPED_INTO);
    if (!this.box.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat || !/^[a-z]$/i.test(event.key)) return;
    const target = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
    target.closest("details")?.querySelector("textarea")?.focus();
  }
}

customElements.define("queue-keys", QueueKeys);
