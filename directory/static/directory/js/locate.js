/** « Autour de moi »: asks the browser where it is and searches there. Without JavaScript the
 * button stays hidden. Coordinates are rounded to about 100 m, which is enough to sort shops. */
class LocateMe extends HTMLElement {
  connectedCallback() {
    if (!("geolocation" in navigator)) return;
    this.hidden = false;
    this.status = document.createElement("span");
    this.status.className = "hint";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.querySelector("button").addEventListener("click", () => this.ask());
  }

  ask() {
    this.status.textContent = "Recherche de votre position…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.search(coords),
      () => {
        this.status.textContent = "Position indisponible : indiquez votre commune.";
        this.form.elements.ou.focus();
      },
      { timeout: 10000, maximumAge: 300000 },
    );
  }

  search({ latitude, longitude }) {
    this.form.elements.ou.value = "";
    for (const [name, value] of [["lat", latitude], ["lng", longitude]]) {
      const input = this.form.elements[name] ?? document.createElement("input");
      Object.assign(input, { type: "hidden", name, value: value.toFixed(3) });
      this.form.append(input);
    }
    this.form.requestSubmit();
  }

  get form() {
    return this.closest("form");
  }
}

customElements.define("locate-me", LocateMe);
