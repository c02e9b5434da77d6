/** Fetches Leaflet when a map is wanted: the packaged classic script, and our styles for it. */

let fetched;

function stylesheet(href) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: reject });
    document.head.append(link);
  });
}

function script(src) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
  });
}

/** Leaflet's `L`, once script and styles are there. */
export function loadLeaflet({ leaflet, styles }) {
  fetched ??= Promise.all([script(leaflet), stylesheet(styles)]).then(() => window.L);
  return fetched;
}
