/** Pages that were read stay readable without network: the worker at the root keeps them
 * (templates/installed/worker.js). Once everything else is there, so that it costs the page nothing. */
const WORKER = "/hors-ligne.js";

if ("serviceWorker" in navigator) {
  const register = () => navigator.serviceWorker.register(WORKER).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
