/** « Copier » beside a text to paste elsewhere. Without JavaScript, or where the browser may not
 * write to the clipboard, the text can be selected as it stands. */
class CopyText extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, code");
    if (!field || !navigator.clipboard?.writeText) return;
    const status = document.createElement("span");
    status.className = "hint";
    status.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = "Copier";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value ?? field.textContent);
        status.textContent = "Copié.";
      } catch {
        getSelection().selectAllChildren(field);
        field.select?.();
        status.textContent = "Copie impossible : le texte est sélectionné.";
      }
    });
    this.append(button, status);
  }
}

customElements.define("copy-text", CopyText);
