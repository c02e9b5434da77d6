// Adds "copy to the days below" to each row of the hours editor; the form works without it.

function addCopyButton(input, following) {
  const day = input.labels[0].textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = "Copier sur les jours suivants";
  button.setAttribute("aria-label", `Copier ${day} sur les jours suivants`);
  button.addEventListener("click", () => {
    for (const other of following) {
      other.value = input.value;
      other.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  input.after(button);
}

for (const editor of document.querySelectorAll("[data-hours-editor]")) {
  const rows = [...editor.querySelectorAll("[data-hours-row]")].filter(
    (row) => !row.matches(":disabled"),
  );
  rows.slice(0, -1).forEach((row, index) => addCopyButton(row, rows.slice(index + 1)));
}
