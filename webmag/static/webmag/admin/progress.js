// Shows how far an import is, without anybody asking: the page is fetched anew while it works.
const SECONDS = 3;
const SHOWN = "[data-progress]";

async function renew() {
  const shown = document.querySelector(SHOWN);
  if (!shown || !shown.hasAttribute("data-working")) return;
  // Nobody's focus or selection is taken away from under them.
  if (!document.hidden && !shown.contains(document.activeElement)) {
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(SHOWN);
      if (answer.ok && fresh) shown.replaceWith(fresh);
    } catch {
      // No network for a moment: the next try comes.
    }
  }
  window.setTimeout(renew, SECONDS * 1000);
}

window.setTimeout(renew, SECONDS * 1000);
