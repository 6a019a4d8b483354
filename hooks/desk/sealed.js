import { say } from "./words.js"

const kinds = ["id_number", "mobile", "bank_card", "address", "name", "secret"]

// input shows the mask and takes a new value. The mask itself goes back to the
// server untouched, which reads it as "as it was".
export function input(props) {
  const id = "sealed_" + app.utils.randomString()
  const isNew = () => !props.originalRecord?.id
  const mask = () => props.originalRecord?.[props.field.name] || ""
  const local = store({ typed: "" })

  function type(value) {
    local.typed = value
    props.record[props.field.name] = value || mask()
  }

  return t.div({ className: "record-field-input field-type-sealed" },
    t.div({ className: "field" },
      t.label({ htmlFor: id }, t.i({ className: app.fieldTypes.sealed.icon, ariaHidden: true }), t.span({ className: "txt" }, () => props.field.name),
        () => (mask() ? t.span({ className: "desk-mask" }, mask()) : null)),
      t.input({
        id, type: "text", autocomplete: "off", spellcheck: false,
        name: () => props.field.name, required: () => props.field.required && isNew(),
        placeholder: () => (isNew() ? "" : say("type_new")), maxLength: () => props.field.max || 5000,
        value: () => local.typed, oninput: (e) => type(e.target.value),
      })),
    t.div({ className: "field-help" }, () => props.field.help || (isNew() ? "" : say("typed_replaces"))))
}

// settings edits the field in the collection editor.
export function settings(data) {
  const id = "sealed_" + app.utils.randomString()
  return t.div({ className: "grid sm" },
    t.div({ className: "col-sm-6" }, t.div({ className: "field" },
      t.label({ htmlFor: id + "kind" }, say("kind")),
      app.components.select({
        id: id + "kind", max: 1, required: true, options: kinds.map((value) => ({ value, label: value })),
        value: () => data.field.kind, onchange: (chosen) => (data.field.kind = chosen?.[0]?.value || "secret"),
      }))),
    t.div({ className: "col-sm-6" }, t.div({ className: "field" },
      t.label({ htmlFor: id + "max" }, say("max")),
      t.input({
        id: id + "max", type: "number", min: 0, step: 1, name: () => `fields.${data.fieldIndex}.max`,
        value: () => data.field.max || "", oninput: (e) => (data.field.max = parseInt(e.target.value, 10) || 0),
      }))))
}
