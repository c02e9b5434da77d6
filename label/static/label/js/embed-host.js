/** For other sites' pages: makes a frame of each `<div data-fait-ici="mur">` and fits its height.
 *
 * It touches nothing else of the page, keeps nothing and asks nobody but the site it came from.
 */
(() => {
  const { origin } = new URL(document.currentScript.src);
  const NAMES = ["theme", "etiquette", "categorie", "commune", "label", "nombre", "rayon"];
  const [LEAST, MOST, USUAL] = [150, 20000, 600];
  const LOOK = [["display", "block"], ["width", "100%"], ["max-height", "none"], ["border", "0"]];
  const own = new WeakSet();

  function fit(frame, height) {
    frame.height = Math.min(MOST, Math.max(LEAST, Math.ceil(height)));
    frame.style.setProperty("height", `${frame.height}px`, "important");
  }

  function make(place) {
    const what = place.dataset.faitIci === "carte" ? "carte" : "mur";
    const address = new URL(`/embed/${what}`, origin);
    for (const name of NAMES) if (place.dataset[name]) address.searchParams.set(name, place.dataset[name]);
    const frame = document.createElement("iframe");
    frame.title = place.textContent.trim();
    frame.loading = "lazy";
    frame.width = "100%";
    // A theme that styles all frames, or unsets everything, must not squeeze this one.
    for (const [name, value] of LOOK) frame.style.setProperty(name, value, "important");
    fit(frame, Number(place.dataset.hauteur) || USUAL);
    frame.src = address.href;
    place.replaceChildren(frame);
    place.removeAttribute("data-fait-ici");
    own.add(frame);
  }

  /** Only the site itself may say how high its own frames are, and nothing else. */
  addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || typeof data?.faitIciHauteur !== "number") return;
    const frames = [...document.querySelectorAll("iframe")];
    const frame = frames.find((one) => own.has(one) && one.contentWindow === source);
    if (frame && Number.isFinite(data.faitIciHauteur)) fit(frame, data.faitIciHauteur);
  });

  const all = () => document.querySelectorAll("[data-fait-ici]").forEach(make);
  /** Also those that the page puts in later, as pages do that never load a second time. */
  function begin() {
    all();
    const asked = { childList: true, subtree: true, attributeFilter: ["data-fait-ici"] };
    new MutationObserver(all).observe(document, asked);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
