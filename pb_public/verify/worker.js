// Keeps the page and what it checks with, so that it works without a network: whatever the
// server answers is newer and wins.

const kept = "verify"
const files = [
  "/verify/", "/verify/main.js", "/verify/cbor.js", "/verify/token.js", "/verify/status.js", "/verify/photo.js", "/verify/words.js",
  "/css/tokens.css", "/css/base.css", "/css/list.css", "/css/verify.css", "/vendor/icons.svg", "/vendor/jsqr.js", "/favicon.svg",
  "/.well-known/jwks.json", "/.well-known/status-list",
]

// keep stores one file; one that is missing does not keep the others from being stored.
async function keep(cache, path) {
  const response = await fetch(path, { cache: "no-cache" }).catch(() => null)
  if (response && response.ok) await cache.put(path, response)
}

async function keepAll() {
  const cache = await caches.open(kept)
  await Promise.all(files.map((path) => keep(cache, path)))
  await self.skipWaiting()
}

async function answer(request, path) {
  const cache = await caches.open(kept)
  try {
    const response = await fetch(request)
    if (response.ok) await cache.put(path, response.clone())
    return response
  } catch (err) {
    const last = await cache.match(path)
    if (last) return last
    throw err
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()))
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method === "GET" && origin === location.origin && files.includes(pathname)) {
    event.respondWith(answer(event.request, pathname))
  }
})
