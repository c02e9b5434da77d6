/** Beside other content the wheel and one finger belong to the page; Ctrl and two fingers to the map.
 * Where the map fills a phone's screen there is nothing else to scroll, and one finger moves it. */

const WIDE = "(width >= 60rem)";
const HINT_MS = 1500;

/** Keep the page's scrolling out of a Leaflet map; `touch`: whether fingers are what it is used with. */
export function shareScrolling(map, element, touch) {
  const hint = Object.assign(document.createElement("p"), { className: "map-hint", hidden: true });
  element.append(hint);
  let timer;
  const say = (text) => {
    Object.assign(hint, { hidden: false, textContent: text });
    clearTimeout(timer);
    timer = setTimeout(() => (hint.hidden = true), HINT_MS);
  };
  const onMap = (event) => event.target.closest(".leaflet-container");

  // Before Leaflet hears of it: its own handler is there only while the key is held.
  element.addEventListener(
    "wheel",
    (event) => {
      const ours = event.ctrlKey || event.metaKey;
      map.scrollWheelZoom[ours ? "enable" : "disable"]();
      if (!ours && onMap(event)) say("Ctrl + molette pour agrandir");
    },
    { capture: true, passive: true },
  );

  const wide = matchMedia(WIDE);
  const fillsTheScreen = () => !wide.matches && element.closest("[data-view]");
  const adapt = () => map.dragging[touch && !fillsTheScreen() ? "disable" : "enable"]();
  wide.addEventListener("change", adapt);
  adapt();
  element.addEventListener(
    "touchmove",
    (event) => {
      const alone = event.touches.length === 1 && !map.dragging.enabled();
      if (alone && onMap(event)) say("Deux doigts pour déplacer la carte");
    },
    { passive: true },
  );
}
