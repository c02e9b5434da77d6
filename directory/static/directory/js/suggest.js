/** Addresses and communes proposed while one types: a list below the field, by keyboard or touch.
 *
 * Takes inputs with `data-suggest="adresse"`, `"commune"` or `"q"` in a form with
 * `data-suggestions`, the address that answers. A chosen address fills both fields; what has a
 * page of its own leads there. Without an answer, and without
 * JavaScript, the fields take whatever is typed and the server asks back where it must. */

const WAIT_MS = 250;
const SHORTEST = { adresse: 4, commune: 2, q: 2 };

class Suggestions {
  constructor(input, form) {
    this.input = input;
    this.form = form;
    this.kind = input.dataset.suggest;
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-liste`;
    this.list.className = "suggest-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Propositions");
    this.list.hidden = true;
    this.said = document.createElement("p");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    input.after(this.list, this.said);
    input.parentElement.classList.add("suggest");
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id,
      "aria-autocomplete": "list", autocomplete: "off",
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    // Before the blur, which would take the list away under the finger.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const typed = this.input.value.trim();
    if (typed.length < SHORTEST[this.kind]) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.fetch(typed), WAIT_MS);
  }

  async fetch(typed) {
    this.request = new AbortController();
    const query = new URLSearchParams({ [this.kind]: typed });
    if (this.kind === "adresse") query.set("commune", this.form.elements.commune?.value ?? "");
    try {
      const address = `${this.form.dataset.suggestions}?${query}`;
      const response = await fetch(address, { signal: this.request.signal });
      if (response.ok) this.show((await response.json()).suggestions);
    } catch {
      // The field takes what is typed all the same.
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map(({ label }, place) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = label;
      return option;
    }));
    const some = found.length > 0 && document.activeElement === this.input;
    this.list.hidden = !some;
    if (some) this.list.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-expanded", String(some));
    this.input.removeAttribute("aria-activedescendant");
    const many = found.length > 1 ? "s" : "";
    this.said.textContent = some ? `${found.length} proposition${many}, flèches pour choisir` : "";
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.show([]);
  }

  onKey(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const count = this.found.length;
      this.mark((this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Enter" && this.active >= 0) {
      this.choose(this.active);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  mark(place) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(place) {
    const { street, commune, url } = this.found[place];
    if (url) {
      location.assign(url);
      return;
    }
    if (this.kind === "adresse") this.input.value = street;
    const where = this.form.elements.commune;
    if (where && commune) where.value = commune;
    this.close();
  }
}

document.querySelectorAll("form[data-suggestions] [data-suggest]").forEach((input) => {
  new Suggestions(input, input.form);
});
