// Rows: several items in one application, such as the subjects of a score
// review, drawn from the schema that the business declares.
import { tenths, toTenths } from "./format.js"
import { wrong } from "./parts.js"
import { explain, say, text } from "./words.js"

// isScore says that a number counts tenths, as the definition declares.
const isScore = (field) => field.type == "number" && field.tenths

const optionOf = (field, value) => (field.options || []).find((o) => o.value === value)

// words returns a value of a row as people read it.
function words(field, value) {
  if (value == null || value === "") return ""
  if (isScore(field)) return tenths(value)
  if (field.type == "bool") return value ? "是" : "否"
  return text(optionOf(field, value)?.label) || String(value)
}

// rowsView shows rows that nobody can change any more.
export function rowsView(schema, filled) {
  const columns = schema.fields.filter((f) => f.type != "choice")
  return t.ul({ className: "desk-rows" }, filled.map((row, i) => t.li(null,
    title(row, i),
    t.dl({ className: "desk-pairs" }, columns.map((f) => words(f, row[f.name]) &&
      t.div({ className: "desk-pair" + (f.type == "text" ? " wide" : "") }, t.dt(null, text(f.label)), t.dd(null, words(f, row[f.name]))))))))
}

const title = (row, i) =>
  t.div({ className: "desk-row-title" }, t.strong(null, text(row.label) || say("row", { n: i + 1 })), text(row.note) ? t.span({ className: "desk-note" }, text(row.note)) : null)

// draftRows makes the rows that a reviewer fills in: those that are there, and
// one for each thing the candidate chose that has none yet.
export function draftRows(schema, rows) {
  const key = schema.choice || schema.fields.find((f) => f.type == "choice")?.name
  const filled = (rows[schema.name] || []).map((row) => ({ ...row }))
  if (!key) return filled
  const others = Object.entries(rows).filter(([name]) => name != schema.name).flatMap(([, list]) => list || [])
  for (const other of others) {
    if (other[key] && !filled.some((row) => row[key] == other[key])) {
      filled.push({ [key]: other[key], label: other.label, note: other.note })
    }
  }
  return filled.map((row) => ({ row, typed: typedOf(schema, row) }))
}

// typedOf returns what stands in the inputs of a row.
function typedOf(schema, row) {
  const typed = {}
  for (const f of schema.fields) typed[f.name] = isScore(f) ? tenths(row[f.name]) : row[f.name] ?? ""
  return typed
}

// sendRows returns what the server gets, and the problems that need no server.
export function sendRows(schema, drafts) {
  const problems = {}
  const rows = drafts.map(({ typed }, i) => {
    const row = {}
    for (const f of schema.fields) {
      const value = isScore(f) ? toTenths(typed[f.name]) : number(f, typed[f.name])
      if (Number.isNaN(value)) problems[`${schema.name}.${i}.${f.name}`] = { message: isScore(f) ? say("score_format") : explain({ code: "validation_invalid_value" }) }
      else if (f.must && (value == null || value === "")) problems[`${schema.name}.${i}.${f.name}`] = { code: "validation_required" }
      else if (value != null && value !== "") row[f.name] = value
    }
    return row
  })
  return { rows, problems }
}

const number = (field, typed) => (field.type != "number" ? typed : typed === "" || typed == null ? null : Number(typed))

// rowsEditor is the table in which a reviewer writes rows. drafts is reactive,
// and problems answers with the errors by flat key.
export function rowsEditor(schema, drafts, problems) {
  const columns = schema.fields.filter((f) => f.type != "choice")
  return t.div({ className: "desk-editor" },
    text(schema.hint) ? t.p({ className: "txt-hint" }, text(schema.hint)) : null,
    t.ul({ className: "desk-rows" }, drafts.map((draft, i) => t.li(null,
      title(draft.row, i),
      t.div({ className: "desk-inputs" }, columns.map((f) => inputOf(schema, f, draft, i, problems)))))))
}

function inputOf(schema, field, draft, i, problems) {
  const key = `${schema.name}.${i}.${field.name}`
  const id = "desk_" + key.replaceAll(".", "_")
  const set = (value) => {
    draft.typed[field.name] = value
    delete problems()[key]
  }
  const input = field.type == "select" ? choices(id, field, draft, set)
    : field.type == "bool" ? t.input({ id, type: "checkbox", checked: () => !!draft.typed[field.name], onchange: (e) => set(e.target.checked) })
      : t.input({
        id, type: "text", inputMode: field.type == "number" ? "decimal" : "text", autocomplete: "off",
        maxLength: field.type == "text" && field.max ? field.max : 500, placeholder: isScore(field) ? "87.1" : text(field.hint),
        value: () => draft.typed[field.name] ?? "", oninput: (e) => set(e.target.value),
      })
  return t.div({ className: () => `desk-input type-${field.type} ${problems()[key] ? "wrong" : ""}` },
    t.label({ htmlFor: id }, text(field.label), field.must ? t.span({ className: "desk-must", ariaHidden: true }, "*") : null),
    input,
    () => wrong(problems()[key]))
}

function choices(id, field, draft, set) {
  return t.select({ id, onchange: (e) => set(e.target.value) },
    t.option({ value: "" }, say("choose")),
    (field.options || []).map((o) => t.option({ value: o.value, selected: () => draft.typed[field.name] === o.value }, text(o.label) || o.value)))
}
