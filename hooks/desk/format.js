import { lang, say } from "./words.js"

const zone = "Asia/Shanghai"
const date = (value) => new Date(String(value).replace(" ", "T"))

const parts = (value, options) =>
  Object.fromEntries(new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", ...options })
    .formatToParts(date(value)).map((p) => [p.type, p.value]))

// day writes a date as 2026年11月23日.
export function day(value) {
  if (!value) return ""
  const p = parts(value, { year: "numeric", month: "2-digit", day: "2-digit" })
  return lang == "en" ? `${p.year}-${p.month}-${p.day}` : `${p.year}年${+p.month}月${+p.day}日`
}

// when writes a moment as 2026年11月23日 17:00, Beijing time.
export function when(value) {
  if (!value) return ""
  const p = parts(value, { hour: "2-digit", minute: "2-digit" })
  return `${day(value)} ${p.hour}:${p.minute}`
}

// shortWhen leaves out the year where it is this one.
export function shortWhen(value) {
  if (!value) return ""
  const here = parts(value, { year: "numeric" }).year == parts(new Date().toISOString(), { year: "numeric" }).year
  return here && lang == "zh" ? when(value).replace(/^\d+年/, "") : when(value)
}

// span writes a duration with its two largest units. Negative ones count as positive.
export function span(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60000)
  const units = [["d", Math.floor(minutes / 1440)], ["h", Math.floor(minutes / 60) % 24], ["m", minutes % 60]]
  const first = units.findIndex(([, n]) => n > 0)
  if (first < 0) return say("lt_minute")
  const shown = units.slice(first, first == 0 ? 2 : first + 2).filter(([, n]) => n > 0)
  return shown.map(([unit, n]) => say(unit, { n })).join(" ")
}

// since writes how long ago something was, until how long it will be.
export const since = (value) => (value ? span(Date.now() - date(value)) : "")
export const until = (value) => (value ? date(value) - Date.now() : 0)

// tenths writes integer tenths as people do: 871 is 87.1.
export const tenths = (n) => (Number.isInteger(n) ? (n / 10).toFixed(1) : "")

// toTenths reads 87.1 or 87 as 871; anything else is NaN, and nothing is null.
export function toTenths(typed) {
  const clean = String(typed).trim().replace("．", ".").replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  if (clean == "") return null
  if (!/^\d{1,4}(\.\d)?$/.test(clean)) return NaN
  const [whole, tenth] = clean.split(".")
  return +whole * 10 + +(tenth || 0)
}

// yuan writes an amount of fen: 18300 is 183.00.
export const yuan = (fen) => (Number.isInteger(fen) ? (fen / 100).toFixed(2) + " 元" : "")

// toFen reads 183 or 183.00 as 18300; anything else is left as it was typed, for the
// server to refuse.
export function toFen(typed) {
  const clean = String(typed).trim().replace("．", ".").replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  if (!/^\d{1,8}(\.\d{1,2})?$/.test(clean)) return clean
  const [whole, rest] = clean.split(".")
  return +whole * 100 + +((rest || "") + "00").slice(0, 2)
}

// plain writes a value of a form for a table: rows as lines, lists with commas.
export function plain(value) {
  if (value == null || value === "" || (Array.isArray(value) && !value.length)) return say("not_given")
  if (Array.isArray(value)) return value.map(plain).join(value.some((v) => typeof v == "object") ? "\n" : "、")
  if (typeof value == "object") return Object.values(value).map((v) => (typeof v == "object" ? plain(v) : String(v))).join("：")
  return String(value)
}
