/** For other sites' pages: makes a frame of each `<div data-fait-ici="mur">` and fits its height.
 *
 * It touches nothing else of the page, keeps nothing and asks nobody but the site it came from.
 */
(() => {
  const { origin } = new URL(document.currentScript.src);
  const NAMES = ["theme", "etiquette", "categorie", "commune", "label", "nombre", "rayon"];
  const [LEAST, MOST, USUAL] = [150, 20000, 600];
  const frames = [];

  const within = (height) => Math.min(MOST, Math.max(LEAST, Math.ceil(height)));

  function make(place) {
    const what = place.dataset.faitIci === "carte" ? "carte" : "mur";
    const address = new URL(`/embed/${what}`, origin);
    for (const name of NAMES) if (place.dataset[name]) address.searchParams.set(name, place.dataset[name]);
    const frame = document.createElement("iframe");
    frame.title = place.textContent.trim();
    frame.width = "100%";
    frame.height = within(Number(place.dataset.hauteur) || USUAL);
    frame.style.border = "0";
    frame.src = address.href;
    place.replaceChildren(frame);
    place.removeAttribute("data-fait-ici");
    frames.push(frame);
  }

  /** Only the site itself may say how high its own frames are, and nothing else. */
  addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || typeof data?.faitIciHauteur !== "number") return;
    const frame = frames.find((one) => one.contentWindow === source);
    if (frame && Number.isFinite(data.faitIciHauteur)) frame.height = within(data.faitIciHauteur);
  });

  const all = () => document.querySelectorAll("[data-fait-ici]").forEach(make);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
