// Fields: single values that the authority fills in, such as a waybill number,
// and the words of values that a code stands for.
import { wrong } from "./parts.js"
import { say, text } from "./words.js"

const isDate = (field) => field.type == "date" || field.pattern == "^\\d{4}-\\d{2}-\\d{2}$"

// fieldsEditor draws an input for each field. values is reactive, and problems
// answers with the errors by name; keep is called whenever something was typed.
// Files go into uploads, which is not reactive: a file behind a proxy is none.
export function fieldsEditor(fields, values, problems, keep, uploads) {
  return t.div({ className: "desk-inputs" }, fields.map((f) => inputOf(f, values, problems, keep, uploads)))
}

function inputOf(field, values, problems, keep, uploads) {
  const id = "desk_" + field.name
  const set = (value) => {
    values[field.name] = value
    keep()
    delete problems()[field.name]
  }
  const choose = (files) => {
    if (files.length) uploads.set(field.name, files[0])
    else uploads.delete(field.name)
    delete problems()[field.name]
  }
  const input = field.type == "file"
    ? t.input({ id, type: "file", accept: (field.mimeTypes || []).join(","), onchange: (e) => choose(e.target.files) })
    : field.type == "select"
    ? t.select({ id, onchange: (e) => set(e.target.value) },
      t.option({ value: "" }, say("choose")),
      (field.options || []).map((o) => t.option({ value: o.value, selected: () => values[field.name] === o.value }, text(o.label) || o.value)))
    : t.input({
      id, type: isDate(field) ? "date" : "text", autocomplete: "off", maxLength: 500,
      value: () => values[field.name] ?? "", oninput: (e) => set(e.target.value),
    })
  return t.div({ className: () => `desk-input type-${field.type} ${problems()[field.name] ? "wrong" : ""}` },
    t.label({ htmlFor: id }, text(field.label) || field.name, text(field.hint) ? t.small({ className: "txt-hint" }, text(field.hint)) : null),
    input,
    () => wrong(problems()[field.name]))
}

let asked

// regions answers the names of provinces, cities and districts by code.
export function regions() {
  asked = asked || app.pb.send("/api/portal/regions", { requestKey: null }).catch(() => {
    asked = null
    return {}
  })
  return asked
}

// place writes a code as it stands on an envelope.
export function place(names, code) {
  const parts = [...new Set([code.slice(0, 2) + "0000", code.slice(0, 4) + "00", code])]
  const holder = /^(市辖区|县|.*直辖县级行政区划)$/
  return parts.filter((c) => !(c.endsWith("00") && holder.test(names[c]))).map((c) => names[c] || "").join("") || code
}

// optionOf returns the words of a value of a select.
export const optionOf = (field, value) => text((field.options || []).find((o) => o.value === value)?.label) || ""
