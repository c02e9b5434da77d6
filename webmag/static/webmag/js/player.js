/** `<click-to-play data-frame data-title>`: the link within plays the video in its own place.
 *
 * Nothing is asked of the other site before that; without this the link leads there. */

const MAY = "autoplay; encrypted-media; fullscreen; picture-in-picture";
// Players need scripts and their own origin; they may not lead the page elsewhere.
const SANDBOX = "allow-scripts allow-same-origin allow-presentation allow-popups";

class ClickToPlay extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (elsewhere || !event.target.closest("a")) return;
      event.preventDefault();
      this.play();
    });
  }

  play() {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.setAttribute("allow", MAY);
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.title = this.dataset.title;
    frame.src = this.dataset.frame;
    this.replaceChildren(frame);
    frame.focus();
  }
}

customElements.define("click-to-play", ClickToPlay);
