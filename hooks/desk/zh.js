// A Chinese dashboard. PocketBase has no translations, so the words are
// exchanged where they appear: text and a few attributes, as the dashboard
// writes them. What people typed or stored is left alone.
import { catalog, choiceWord } from "./catalog.js"
import { lang, switchTo, text } from "./words.js"
import { answers, joined, words } from "./zh-words.js"
import { collections, fields } from "./zh-schema.js"

const attributes = ["placeholder", "data-placeholder", "title", "aria-label", "data-name", "alt"]

// Places that hold data or code.
const untouched = "textarea, pre, code, script, style, svg, .record-field-view, .record-summary, .code-editor, .code-block, .desk-case, .desk-queue, .tox, .txt-mono, .sql-results, [contenteditable]"

// Inputs of select fields, which show values.
const chosen = ".record-field-input.field-type-select"

const squeeze = (s) => s.replace(/\s+/g, " ").trim()
const exact = new Map()
const patterns = new Map() // by how they start
const schema = new Map()

// learn takes in a table of words. A key with {} becomes a pattern.
function learn(table) {
  for (const [english, chinese] of Object.entries(table)) {
    const key = squeeze(english)
    if (!key.includes("{}")) {
      exact.set(key, chinese.trim())
      continue
    }
    const start = key.split("{}")[0].slice(0, 4)
    const regex = new RegExp("^" + key.split("{}").map(RegExp.escape).join("([\\s\\S]*?)") + "$")
    patterns.set(start, [...(patterns.get(start) || []), { regex, chinese }])
  }
}

// translate returns the Chinese for what the dashboard writes, or "".
export function translate(english) {
  const key = squeeze(english)
  const known = exact.get(key)
  if (known) return known
  if (key.length < 4 || key.length > 400) return ""
  for (const start of [key.slice(0, 4), ""]) {
    for (const { regex, chinese } of patterns.get(start) || []) {
      const found = key.match(regex)
      if (found) return chinese.replace(/\{(\d)\}/g, (_, n) => exact.get(found[n].trim()) || schema.get(found[n].trim()) || found[n])
    }
  }
  return ""
}

// keepSpace puts the space around the original around the translation, where
// Chinese wants it.
function keepSpace(original, chinese) {
  const before = /^\s/.test(original) && /^[\w"(]/.test(chinese) ? " " : ""
  const after = /\s$/.test(original) && /[\w")]$/.test(chinese) ? " " : ""
  return before + chinese + after
}

function translateText(node) {
  const original = node.nodeValue
  if (!original || !/[A-Za-z]/.test(original)) return
  const key = squeeze(original)
  const parent = node.parentElement
  const said = translate(original)
  const named = schema.get(key)
  if (!parent || (!said && !named && !parent.closest(chosen)) || parent.closest(untouched)) return
  const choice = choiceIn(parent, key)
  const word = choice ?? (said ? keepSpace(original, said) : named)
  if (!word || word == original) return // writing the same would bring us here again
  if (choice === undefined && !said) parent.title ||= key // the name that rules and programs use
  node.nodeValue = word
}

// choiceIn returns the word for a value in the input of a select field, "" for
// a value without one, and nothing anywhere else. The same word may be a
// field's name: "submitted" is a state and a date.
function choiceIn(element, value) {
  const input = element.closest(chosen)
  if (!input || element.closest("label, .field-help")) return undefined
  return choiceWord(app.store.activeCollection?.name, input.querySelector("[name]")?.getAttribute("name"), value) || translate(value)
}

function translateAttributes(element) {
  for (const name of attributes) {
    const original = element.getAttribute(name)
    if (!original || !/[A-Za-z]/.test(original)) continue
    const chinese = translate(original) || (name == "data-name" ? schema.get(original) : "")
    if (chinese && chinese != original && !element.closest(".desk-case, .desk-queue")) element.setAttribute(name, chinese)
  }
}

function translateTree(root) {
  if (root.nodeType == Node.TEXT_NODE) return translateText(root)
  if (root.nodeType != Node.ELEMENT_NODE) return
  translateAttributes(root)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, skipData)
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType == Node.TEXT_NODE) translateText(node)
    else translateAttributes(node)
  }
}

// skipData keeps the walk out of the cells of lists, which are most of a page.
const skipData = (node) =>
  node.nodeType == Node.ELEMENT_NODE && node.classList.contains("record-field-view") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT

function onMutations(mutations) {
  for (const m of mutations) {
    if (m.type == "childList") m.addedNodes.forEach(translateTree)
    else if (m.type == "characterData") translateText(m.target)
    else translateAttributes(m.target)
  }
}

// start translates the dashboard, unless the reader chose English, and adds the
// switch between the two.
export async function start() {
  document.addEventListener("mount:loggedUserDropdown", addSwitch)
  document.querySelectorAll("#logged-user-dropdown").forEach((menu) => addSwitch({ detail: menu }))
  addEventListener("hashchange", () => setTimeout(addLoginSwitch))
  setTimeout(addLoginSwitch)
  if (lang == "en") return

  document.documentElement.lang = "zh-CN"
  for (const table of [words, joined, answers]) learn(table)
  for (const table of [fields, collections]) for (const [name, word] of Object.entries(table)) schema.set(name, word)

  const tooltip = app.attrs.tooltip
  app.attrs.tooltip = (said, ...rest) =>
    tooltip(typeof said == "function" ? () => inChinese(said()) : inChinese(said), ...rest)

  new MutationObserver(onMutations).observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes,
  })
  translateTree(document.body)
  watch(() => app.store.title, translateTitle)
  learnServices()
}

const inChinese = (said) => (typeof said == "string" ? translate(said) || said : said)

// translateTitle writes the words of the window's title after the dashboard has.
function translateTitle() {
  setTimeout(() => {
    document.title = document.title.split(" - ").map((part) => translate(part) || schema.get(part) || part).join(" - ")
  })
}

// learnServices takes the words of the businesses from where the candidates'
// pages have them. Words in the table above come first.
async function learnServices() {
  for (const service of await catalog) {
    schema.set(service.name, text(service.title))
    for (const f of [...(service.fields || []), ...(service.rows || [])]) if (!schema.has(f.name)) schema.set(f.name, text(f.label))
  }
  translateTree(document.body)
}

const other = () => (lang == "en" ? ["zh", "中文"] : ["en", "English"])

// addSwitch puts the switch into the menu of the account.
function addSwitch({ detail: menu }) {
  if (!menu || menu.querySelector(".desk-lang")) return
  const [code, name] = other()
  menu.prepend(t.button({ type: "button", className: "dropdown-item desk-lang", lang: code, onclick: () => switchTo(code) },
    t.i({ className: "ri-translate-2", ariaHidden: true }), t.span({ className: "txt" }, name)))
}

// addLoginSwitch puts it below the login as well.
function addLoginSwitch() {
  const page = document.querySelector("[data-pb=pageSuperuserLogin]")
  if (!page || page.querySelector(".desk-lang")) return
  const [code, name] = other()
  page.append(t.p({ className: "txt-center m-t-base" },
    t.button({ type: "button", className: "btn sm transparent secondary desk-lang", lang: code, onclick: () => switchTo(code) },
      t.i({ className: "ri-translate-2", ariaHidden: true }), t.span({ className: "txt" }, name))))
}
