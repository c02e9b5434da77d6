/** « Copier » and « Partager » for an address (`data-url`), or for a text that has an address of
 * its own (`data-from`); `data-copy`, `data-copied` and `data-failed` are what it says. Without
 * JavaScript, or where the browser can do neither, the link beside it is enough. Nothing of it
 * tells anybody but the person one sends it to. */
class ShareThis extends HTMLElement {
  connectedCallback() {
    const { copy, copied } = this.dataset;
    this.status = document.createElement("span");
    this.status.className = "hint";
    this.status.setAttribute("role", "status");
    if (navigator.clipboard?.writeText) {
      this.offer(copy, async ({ text, url }) => {
        await navigator.clipboard.writeText(text ?? url);
        this.status.textContent = copied;
      });
    }
    if (navigator.share) this.offer("Partager", (what) => navigator.share(what));
    if (!this.childElementCount) return;
    this.append(this.status);
    this.hidden = false;
  }

  offer(label, use) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = label;
    button.addEventListener("click", async () => {
      try {
        await use(await this.what());
      } catch (error) {
        // Somebody who closes the share sheet again knows that they did.
        if (error.name === "AbortError") return;
        this.status.textContent = this.dataset.failed;
      }
    });
    this.append(button);
  }

  /** What is shared: a title, and the address or the text. */
  async what() {
    const { title, url, from } = this.dataset;
    if (!from) return { title, url };
    const answer = await fetch(from);
    if (!answer.ok) throw new Error(answer.statusText);
    return { title, text: (await answer.text()).trim() };
  }
}

customElements.define("share-this", ShareThis);
