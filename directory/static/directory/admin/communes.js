// Proposes communes while one types; the server understands what is typed without it too.

const WAIT_MS = 150;
let lists = 0;

function propose(input, url) {
  const list = document.createElement("datalist");
  list.id = `communes-${(lists += 1)}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (input.value.trim().length < 2) {
        return;
      }
      try {
        const response = await fetch(`${url}?q=${encodeURIComponent(input.value)}`);
        const answer = await response.json();
        list.replaceChildren(...answer.communes.map((name) => new Option(name, name)));
      } catch {
        // Without an answer the field still takes what is typed.
      }
    }, WAIT_MS);
  });
}

function addLine(area) {
  const row = document.createElement("div");
  row.className = "communes-add";
  const input = document.createElement("input");
  input.type = "text";
  input.placeholder = "Ajouter une commune";
  input.setAttribute("aria-label", "Ajouter une commune");
  input.autocomplete = "off";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = "Ajouter";
  const add = () => {
    if (input.value.trim()) {
      area.value = [area.value.trim(), input.value.trim()].filter(Boolean).join("\n");
      area.dispatchEvent(new Event("change", { bubbles: true }));
      input.value = "";
    }
    input.focus();
  };
  button.addEventListener("click", add);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      add();
    }
  });
  row.append(input, button);
  area.before(row);
  propose(input, area.dataset.communesList);
}

document.querySelectorAll("[data-communes]").forEach((input) => {
  propose(input, input.dataset.communes);
});
document.querySelectorAll("[data-communes-list]").forEach(addLine);
