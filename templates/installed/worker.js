/** Answers for the site on a telephone: from the network while there is one, else from what was
 * kept. Only what anybody may see is kept, never a page with a session (docs/decisions/0038). */
const ABOUT = {{ about|safe }};
const SHELL = "coquille-1", PAGES = "pages-1", FILES = "fichiers-1", TILES = "carte-1", SHARED = "partage-1";
const MOST = { [PAGES]: 60, [FILES]: 200, [TILES]: 40 };
// On a bad line a page that was read before is better than none.
const PATIENCE_MS = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL);
    await shell.addAll(ABOUT.shell);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const known = [SHELL, PAGES, FILES, TILES, SHARED];
    const old = (await caches.keys()).filter((name) => !known.includes(name));
    await Promise.all(old.map((name) => caches.delete(name)));
    await forgetOldShell();
    await self.clients.claim();
    // The page that brought the worker was loaded without it.
    const pages = (await self.clients.matchAll()).map((client) => client.url);
    const wanted = pages.filter((url) => !isNeverKept(new URL(url)));
    await Promise.allSettled([
      fromNetwork(new Request(ABOUT.directory), TILES),
      ...wanted.map((url) => fromNetwork(new Request(url), PAGES)),
    ]);
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === ABOUT.shared) {
    event.respondWith(received(request));
  } else if (request.method !== "GET" || isNeverKept(url)) {
    return;
  } else if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (url.pathname.startsWith("/static/") || url.pathname.startsWith("/media/images/")) {
    event.respondWith(file(request));
  } else if (url.pathname.startsWith("/carte/")) {
    event.respondWith(tile(request));
  }
});

/** Files of the version before: the pages that named them have been fetched anew. */
async function forgetOldShell() {
  const shell = await caches.open(SHELL);
  const wanted = ABOUT.shell.map((path) => new URL(path, location).href);
  const old = (await shell.keys()).filter(({ url }) => !wanted.includes(url));
  await Promise.all(old.map((request) => shell.delete(request)));
}

function isNeverKept(url) {
  return ABOUT.never.some((prefix) => url.pathname.startsWith(prefix));
}

/** The network's answer; kept when anybody would get it. */
async function fromNetwork(request, name) {
  const response = await fetch(request);
  const control = response.headers.get("Cache-Control") ?? "";
  if (response.status === 200 && !response.redirected && !/private|no-store/.test(control)) {
    const cache = await caches.open(name);
    await cache.delete(request);
    await cache.put(request, response.clone());
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[name])).map((key) => cache.delete(key)));
  }
  return response;
}

async function page(request) {
  // Whoever looks at something else does not send the shared photo any more.
  caches.delete(SHARED);
  const kept = await caches.match(request, { cacheName: PAGES });
  const asked = fromNetwork(request, PAGES);
  try {
    return await (kept ? Promise.race([asked, tooLate()]) : asked);
  } catch {
    asked.catch(() => {});
    return kept ? marked(kept) : (await caches.match(ABOUT.offline)) ?? Response.error();
  }
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}

/** A kept page says so, and of when it is. */
async function marked(kept) {
  const day = new Date(kept.headers.get("Date") ?? Date.now());
  const when = day.toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
  const note = `<p class="message" role="status">Pas de réseau : page gardée le ${when}.</p>`;
  const html = (await kept.text()).replace(/<main [^>]*>/, (main) => main + note);
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag"]) headers.delete(name);
  return new Response(html, { headers });
}

/** Names of files change with what is in them: what is kept is right for ever. */
async function file(request) {
  return (await caches.match(request)) ?? fromNetwork(request, FILES);
}

async function tile(request) {
  try {
    return await fromNetwork(request, TILES);
  } catch (error) {
    const kept = await caches.match(request, { cacheName: TILES });
    if (kept) return kept;
    throw error;
  }
}

/** Something was shared with the application: the photo waits here for the form to take it. */
async function received(request) {
  const given = await request.formData();
  const query = new URLSearchParams();
  for (const name of ["title", "text", "url"]) {
    if (given.get(name)) query.set(name, given.get(name));
  }
  const photo = given.getAll("photo").find((one) => one.size);
  const shared = await caches.open(SHARED);
  await shared.delete("/photo");
  if (photo) {
    await shared.put("/photo", new Response(photo, { headers: { "Content-Type": photo.type } }));
    query.set("photo", "1");
  }
  return Response.redirect(`${ABOUT.share}?${query}`, 303);
}
