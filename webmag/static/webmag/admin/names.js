// What is read aloud of a field: Wagtail names most of them, but not a text with formatting, a
// block that is one field, or the line where tags are typed. They get the name of what they are in.
const NAMELESS = '[contenteditable][role=textbox], .ui-autocomplete-input, section input[type=text]';
let numbers = 0;

/** The words that stand above a field. */
function wordsAbove(field) {
  const label = field.closest("[data-field]")?.querySelector("label");
  if (label) {
    numbers += 1;
    label.id ||= `nom-de-champ-${numbers}`;
    return label.id;
  }
  return field.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
}

function name(root) {
  for (const field of root.querySelectorAll(NAMELESS)) {
    if (field.hasAttribute("aria-labelledby") || field.ariaLabel || field.labels?.length) continue;
    const words = wordsAbove(field);
    if (words) field.setAttribute("aria-labelledby", words);
  }
}

const form = document.querySelector("form[data-edit-form]");
if (form) {
  name(form);
  new MutationObserver(() => name(form)).observe(form, { childList: true, subtree: true });
}
