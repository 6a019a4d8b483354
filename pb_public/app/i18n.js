import { problems, words } from "./words.js"

const hour = 3600e3

// stored reads a preference; a browser may refuse storage altogether.
export function stored(key) {
  try { return localStorage.getItem(key) } catch (err) { return null }
}

// store keeps a preference, or forgets it when value is null.
export function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch (err) { /* full, or refused: the page works without */ }
}

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang")
  if (asked) store("lang", asked === "en" ? "en" : "zh")
  return stored("lang") === "en" ? "en" : "zh"
}

let current = firstLanguage()

// lang answers "zh" or "en".
export const lang = () => current

// setLang changes the language of everything drawn from now on.
export function setLang(next) {
  current = next
  store("lang", next)
  mark()
}

// mark tells the document its language: for screen readers and fonts.
export function mark() {
  document.documentElement.lang = current === "en" ? "en" : "zh-CN"
}

// publicPage is the address of a page that the server draws, in the same language.
export const publicPage = (path) => (current === "en" ? path + "?lang=en" : path)

const fill = (sentence, params) => sentence.replace(/\{(\w+)\}/g, (whole, name) => (params[name] === undefined ? whole : params[name]))

// t answers the words for a key of words.js, or one side of a {zh, en} text of a definition.
export function t(key, params) {
  if (key === null || key === undefined) return ""
  if (typeof key === "object") return (current === "en" && key.en) || key.zh || key.en || ""
  const pair = words[key]
  if (!pair) return key
  return fill(pair[current === "en" ? 1 : 0], params || {})
}

// known tells if words.js has the key: values of a record may have words.
export const known = (key) => key in words

// say answers the sentence for an error of the server: by its code, never by its message.
// status words among the parameters are translated with the states of the business.
export function say(error, states) {
  const sentences = problems[error.code]
  const en = current === "en" ? 1 : 0
  if (!sentences) return plain(error)
  const params = {}
  for (const name of Object.keys(error.params || {})) {
    const value = readable(name, error.params[name], states)
    if (value !== "" && value !== null) params[name] = value
  }
  if (params.biz_no && !params.number) params.number = params.biz_no
  const whole = fill(sentences[en], params)
  return /\{\w+\}/.test(whole) ? fill(sentences[2 + en] || whole.replace(/[（(]?\{\w+\}[)）]?/g, ""), params) : whole
}

// plain is for a code that we have no words for: Chinese messages of rules are
// written by the authority for candidates; others would be for programmers.
function plain(error) {
  const message = t(error.message)
  return /[\u4e00-\u9fff]/.test(message) ? message.replace(/[.。]+$/, "") : t("failed")
}

function readable(name, value, states) {
  if (Array.isArray(value)) return value.map((v) => readable(name, v, states)).join(t("separator"))
  if (value && typeof value === "object") return t(value)
  if (name === "maxSize") return size(value)
  const state = (states || []).find((s) => s.name === value)
  if (state) return t(state.title)
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(value) ? moment(value) : value
}

// size writes bytes as people read them.
export function size(bytes) {
  if (bytes >= 1 << 20) return Math.round((bytes / (1 << 20)) * 10) / 10 + " MB"
  return Math.max(1, Math.round(bytes / 1024)) + " KB"
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const two = (n) => (n < 10 ? "0" + n : "" + n)

// milliseconds reads a time as PocketBase or Go writes it.
export const milliseconds = (text) => Date.parse(String(text).replace(" ", "T"))

// moment writes a time in Beijing, wherever the device is.
export function moment(text) {
  const at = new Date(milliseconds(text) + 8 * hour)
  if (isNaN(at)) return text ? String(text) : ""
  return day(at) + (current === "en" ? ", " : " ") + two(at.getUTCHours()) + ":" + two(at.getUTCMinutes())
}

// date writes a pure date, which has no zone: "2019-05-26".
export function date(text) {
  const at = new Date(String(text).slice(0, 10) + "T00:00:00Z")
  return isNaN(at) ? String(text || "") : day(at)
}

function day(at) {
  const y = at.getUTCFullYear(), m = at.getUTCMonth(), d = at.getUTCDate()
  return current === "en" ? `${d} ${months[m]} ${y}` : `${y}年${m + 1}月${d}日`
}

// span writes how long something takes, in the two largest units: "2 天 3 小时"; coarse keeps the largest only.
export function span(ms, coarse) {
  const d = Math.floor(ms / (24 * hour)), h = Math.floor(ms / hour) % 24, m = Math.floor(ms / 60e3) % 60
  const parts = []
  const add = (unit, n) => parts.push(n === 1 ? t(unit + "_1") : t(unit, { n }))
  if (d) add("d", d)
  if (h && d < 7) add("h", h)
  if (m && !d) add("m", m)
  return parts.slice(0, coarse ? 1 : 2).join(" ") || t("lt_minute")
}

// yuan writes an amount of fen: 18300 is 183.00 yuan.
export const yuan = (fen) => t("yuan", { n: (fen / 100).toFixed(2) })

// points counts code points: 𬭎 is one character.
export const points = (text) => Array.from(text || "").length
