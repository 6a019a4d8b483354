import { say } from "./words.js"

// kinds decide what the mask leaves open.
const kinds = ["id_number", "mobile", "bank_card", "address", "contact", "name", "secret"]

// What somebody has typed stays here and never in the record of the form: the
// dashboard keeps that one in the browser's storage until it is saved. The
// record only carries a mark, which tells the form that something has changed.
const typed = new Map()
const keyOf = (props) => [props.collection.name, props.originalRecord?.id || "", props.field.name].join("/")
const markOf = (field) => "@@sealed_" + field.name

// input shows the mask and takes a new value. The mask itself goes back to the
// server untouched, which reads it as "as it was".
export function input(props) {
  const id = "sealed_" + app.utils.randomString()
  const isNew = () => !props.originalRecord?.id
  const mask = () => props.originalRecord?.[props.field.name] || ""
  const key = keyOf(props)
  const mark = markOf(props.field)

  function type(value) {
    if (value) typed.set(key, value)
    else typed.delete(key)
    if (value) props.record[mark] = value.length
    else delete props.record[mark]
  }

  return t.div({ className: "record-field-input field-type-sealed", onunmount: () => typed.delete(key) },
    t.div({ className: "field" },
      t.label({ htmlFor: id }, t.i({ className: app.fieldTypes.sealed.icon, ariaHidden: true }), t.span({ className: "txt" }, () => props.field.name),
        () => (mask() ? t.span({ className: "desk-mask" }, mask()) : null)),
      t.input({
        id, type: "text", autocomplete: "off", spellcheck: false,
        name: () => props.field.name, required: () => props.field.required && isNew(),
        placeholder: () => (isNew() ? "" : say("type_new")), maxLength: () => props.field.max || 5000,
        value: () => (props.record[mark] ? typed.get(key) || "" : ""), oninput: (e) => type(e.target.value),
      })),
    t.div({ className: "field-help" }, () => props.field.help || (isNew() ? "" : say("typed_replaces"))))
}

// save puts what was typed into what the form sends.
export function save(props) {
  const value = props.record[markOf(props.field)] && typed.get(keyOf(props))
  if (value) props.payload[props.field.name] = value
}

// settings edits the field in the collection editor.
export function settings(data) {
  const id = "sealed_" + app.utils.randomString()
  return t.div({ className: "grid sm" },
    t.div({ className: "col-sm-6" }, t.div({ className: "field" },
      t.label({ htmlFor: id + "kind" }, say("kind")),
      app.components.select({
        id: id + "kind", max: 1, required: true, options: kinds.map((value) => ({ value, label: say("kind_" + value) })),
        value: () => data.field.kind, onchange: (chosen) => (data.field.kind = chosen?.[0]?.value || "secret"),
      }))),
    t.div({ className: "col-sm-6" }, t.div({ className: "field" },
      t.label({ htmlFor: id + "max" }, say("max")),
      t.input({
        id: id + "max", type: "number", min: 0, step: 1, name: () => `fields.${data.fieldIndex}.max`,
        value: () => data.field.max || "", oninput: (e) => (data.field.max = parseInt(e.target.value, 10) || 0),
      }))))
}
