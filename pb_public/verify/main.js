// The page that checks a certificate without asking the server: the keys and the list of void
// certificates are kept by worker.js, so that it works without a network.

import { readPhoto } from "./photo.js"
import { isVoid, readList } from "./status.js"
import { Refusal, tokenOf, verify } from "./token.js"
import { day, lang, t } from "./words.js"

const byId = (id) => document.getElementById(id)

// element makes an element with words, or with other elements, in it.
function element(name, className, ...children) {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...children)
  return made
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use")
  svg.setAttribute("class", "icon")
  svg.setAttribute("aria-hidden", "true")
  use.setAttribute("href", "/vendor/icons.svg#" + name)
  svg.append(use)
  return svg
}

// rare answers a name whose rare characters say their number, for those who see an empty box.
function rare(name) {
  const parts = Array.from(name, (letter) => {
    const point = letter.codePointAt(0)
    if (point < 0x10000 && !(point >= 0x3400 && point < 0x4e00)) return letter
    const span = element("span", "rare", letter)
    span.title = "U+" + point.toString(16).toUpperCase()
    return span
  })
  return element("span", "", ...parts)
}

const kinds = {
  ok: ["done", "checkbox-circle-fill"], void: ["failed", "close-circle-fill"], signature: ["failed", "close-circle-fill"],
  expired: ["waiting", "time-line"], old: ["waiting", "information-line"],
}

function verdict(kind, params) {
  const [colour, mark] = kinds[kind] || ["failed", "error-warning-fill"]
  return element("div", "verdict verdict--" + colour, icon(mark),
    element("div", "verdict__body", element("h2", "", t(kind)), element("p", "", t(kind + "Text", params))))
}

const lines = [
  ["name", "name"], ["idNumber", "idNumber"], ["gender", "gender"], ["born", "born"], ["title_", "title"], ["level", "level"], ["specialty", "specialty"],
  ["number", "number"], ["printNo", "printNo"], ["approved", "approved"], ["issuedBy", "issuer"], ["reissued", "reissued"],
  ["purpose", "purpose"], ["recipient", "recipient"], ["expires", "expires"], ["issued", "issued"],
]

function shown(name, value) {
  if (name === "name") return rare(value)
  if (name === "gender") return t(value)
  return ["born", "approved", "reissued", "expires", "issued"].includes(name) ? day(value) : value
}

function list(rows) {
  return element("dl", "facts facts--lines", ...rows.map(([label, value]) => element("div", "", element("dt", "", label), element("dd", "", value))))
}

const factList = (facts) => list(lines.filter(([, name]) => facts[name]).map(([label, name]) => [t(label), shown(name, facts[name])]))

// get answers a file and when it came from the server, from the network or from what is kept.
async function get(path) {
  try {
    const response = await fetch(path)
    if (!response.ok) return null
    return { text: await response.text(), at: new Date(response.headers.get("Date") || Date.now()) }
  } catch (err) {
    return null
  }
}

async function evidence() {
  const [keys, status] = await Promise.all([get("/.well-known/jwks.json"), get("/.well-known/status-list")])
  if (!keys) throw new Refusal("noKeys")
  const found = { keys: JSON.parse(keys.text).keys, keysAt: keys.at, list: null }
  if (status) found.list = await readList(status.text, found.keys).catch(() => null)
  return found
}

function basis({ keysAt, list: known }, token) {
  const online = element("a", "button button--second", t("online"))
  online.href = "/v/" + token + (lang === "en" ? "?lang=en" : "")
  return element("section", "panel", element("h2", "panel__title", t("data")),
    list([[t("keysAt"), day(keysAt)], [t("listAt"), known ? day(known.at) : t("never")]]),
    element("p", "panel__note", t("later")), element("p", "actions", online))
}

function kindOf(facts, known) {
  const gone = known ? isVoid(known, facts.index, facts.issued) : null
  if (gone) return "void"
  if (facts.expires && facts.expires < new Date()) return "expired"
  return gone === null || known.until < new Date() ? "old" : "ok"
}

// check answers what the page shows for a token.
async function check(token) {
  const found = await evidence()
  const facts = await verify(token, found.keys, location.hostname)
  const kind = kindOf(facts, found.list)
  return [verdict(kind), element("section", "panel", factList(facts)), basis(found, token)]
}

const reasons = { NotSupportedError: "unsupported", TypeError: "unsupported" }

function show(...parts) {
  const place = byId("result")
  place.replaceChildren(...parts)
  place.focus()
}

async function run(text) {
  try {
    show(...await check(tokenOf(text)))
  } catch (err) {
    show(verdict(err instanceof Refusal ? err.reason : reasons[err.name] || "malformed", err))
  }
}

async function runPhoto(file) {
  const text = await readPhoto(file).catch(() => "")
  if (!text) return show(verdict("noCode"))
  byId("code").value = text
  return run(text)
}

// translate puts the words of the language into the page.
function translate() {
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN"
  document.title = t("title")
  for (const place of document.querySelectorAll("[data-words]")) place.textContent = t(place.dataset.words)
  byId("language").href = lang === "en" ? "?lang=zh" : "?lang=en"
}

translate()
byId("form").addEventListener("submit", (event) => {
  event.preventDefault()
  run(byId("code").value)
})
byId("photo").addEventListener("change", (event) => event.target.files[0] && runPhoto(event.target.files[0]))
if (location.hash.length > 1) {
  byId("code").value = decodeURIComponent(location.hash.slice(1))
  run(byId("code").value)
}
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/verify/worker.js").then(() => navigator.serviceWorker.ready)
    .then(() => { document.documentElement.dataset.offline = "ready" }, () => { /* it works while there is a network */ })
}
