/** /integrer/: each choice shows at once; without this, the button shows it. */
const WAIT_MS = 400;
const form = document.querySelector("[data-configure]");
const PARTS = [".configure-result", ".configure-copy"];
let timer;
let asking;

/** The address of the choices as they stand, without what is empty. */
function address() {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  return `${form.getAttribute("action")}?${new URLSearchParams(chosen)}`;
}

async function renew() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address(), { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) return;
    for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    history.replaceState(null, "", address());
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(renew, WAIT_MS);
});
