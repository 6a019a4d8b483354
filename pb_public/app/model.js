import { useMemo } from "../vendor/preact.mjs"
import { me } from "./api.js"
import { t } from "./i18n.js"
import { labelOf } from "./inputs.js"
import { cellId, cellLabel, rowsToSend, takeRows } from "./rows.js"

// aboutColumn is the column that says what an application is about: a registration
// or a record of another kind.
export const aboutColumn = (service) => (service.about ? service.about.column : "registration")

// aboutOf is what an offer is about.
export const aboutOf = (offer) => offer.about || offer.registration

// pageOf is the page of what an application is about: another application, or a
// record in a menu of its own.
export function pageOf(service, id) {
  const { menu, service: other } = service.about
  return other ? `/applications/${other}/${id}` : menu.path + "/" + id
}

// rewrites tells if a move lets the candidate write what they have filled in before,
// all of it or a part: 【修改】.
export const rewrites = (move) => move.by === "candidate" && (move.fields || []).length > 0

// asked tells if the form asks for a field: one may depend on what another one says.
export function asked(field, value) {
  if (!field.when) return true
  const said = value(field.when.column)
  return field.when.values ? field.when.values.some((v) => [].concat(said || "").includes(v)) : !!said
}

// useModel joins definition, offer, record and what was typed: what the form draws,
// what it sends (pack), and where the errors of an answer belong (sort).
export function useModel(service, offers, move, detail, typed, files) {
  return useMemo(() => {
    const record = detail ? detail.record : {}
    const column = aboutColumn(service)
    const offer = chosenOffer(offers, detail, typed, column)
    const mayChange = (name) => !detail || mayMove(move, name)
    const value = (name) => valueOf(service, record, typed, name)
    const fields = picks(service.fields, offer).filter((f) => f.by === "candidate" && !["file", "json"].includes(f.type) && f.name !== column && asked(f, value))
    const slots = slotsOf(service, offer, wanted(fields, offer, value)).filter((f) => asked(f, value))
    const rows = (service.rows || []).filter((r) => r.by === "candidate")
    const choices = (def) => (offer && offer.choices && offer.choices[def.name]) || []
    const submitMove = service.transitions.find((x) => x.by === "candidate" && x.from.includes(""))
    const model = {
      service, column, offers, offer, detail, record, fields, slots, rows, choices, mayChange,
      move,
      possible: !!detail || offers.some((o) => !o.problem),
      label: t((submitMove || move).label) || t("submit"),
      value,
      rowsOf: (def) => typed[def.name] || takenRows(def, record),
      mine: (def) => (def.choice ? (record[def.name] || []).map((r) => String(r[def.choice])) : []),
      slotValue: (name) => files[name] || { kept: filesOf(record, name), gone: [], added: [] },
      commitment: service.commitment && record.commitment !== service.commitment.version && mayChange("commitment") ? service.commitment : null,
      typed, files,
    }
    model.differ = () => differing(model)
    model.pack = (submission) => (detail ? packChanges(model) : packNew(model, submission))
    model.sketch = () => sketch(model)
    model.sort = (data, keys) => sortErrors(model, data, keys)
    return model
  }, [service, offers, move, detail, typed, files])
}

// valueOf is what was typed, what the record holds, or what most people would type:
// their own name, unless somebody else acts for them.
function valueOf(service, record, typed, name) {
  if (typed[name] !== undefined) return typed[name]
  const field = service.fields.find((f) => f.name === name)
  if (field && field.input === "own_name" && !record.id) return typed.proxy ? "" : me() ? me().name : ""
  return record[name]
}

// mayMove tells if a move lets a field change; "*" stands for all that the candidate fills in.
const mayMove = (move, name) => (move.fields || []).some((f) => f === "*" || f === name)

// filesOf are the names of the files that a record holds in a slot.
export const filesOf = (record, slot) => [].concat(record[slot] || []).filter(Boolean)

// takenRows are made once for a record, so that free rows keep their keys.
const taken = new WeakMap()
function takenRows(def, record) {
  if (!taken.has(record)) taken.set(record, {})
  const made = taken.get(record)
  made[def.name] = made[def.name] || takeRows(def, record[def.name])
  return made[def.name]
}

function chosenOffer(offers, detail, typed, column) {
  if (detail) return offers.find((o) => aboutOf(o) === detail.record[column])
  const free = offers.filter((o) => !o.problem)
  return free.find((o) => aboutOf(o) === typed[column]) || (free.length === 1 ? free[0] : undefined)
}

// picks gives the fields whose value is picked what the offer lets them pick; where
// there is nothing to pick, nobody is asked.
function picks(fields, offer) {
  const choices = (offer && offer.choices) || {}
  return fields.map((f) => (f.input === "choice" ? Object.assign({}, f, { must: true, options: choices[f.name] || [] }) : f))
    .filter((f) => f.input !== "choice" || f.options.length > 0)
}

// wanted are the slots that what was picked asks for as well.
const wanted = (fields, offer, value) => fields.filter((f) => f.input === "choice")
  .flatMap((f) => f.options.filter((c) => c.value === value(f.name)).flatMap((c) => c.materials || []))

// slotsOf are the file fields, narrowed by the materials of the offer.
function slotsOf(service, offer, wanted) {
  const templates = (offer && offer.materials) || []
  return service.fields.filter((f) => f.type === "file" && f.by === "candidate").map((f) => {
    const m = templates.find((x) => x.slot === f.name)
    const slot = Object.assign({}, f, { maxSelect: f.maxSelect || 1, maxSize: f.maxSize || 5 << 20 })
    const needed = wanted.includes(f.name)
    if (!m) return Object.assign(slot, { must: f.must || needed })
    return Object.assign(slot, {
      label: t(m.label) ? m.label : f.label, hint: t(m.hint) ? m.hint : f.hint,
      must: needed || (m.need ? m.need === "required" : f.must), hidden: m.need === "hidden" && !needed, maxSize: m.max_size || slot.maxSize,
    })
  }).filter((slot) => !slot.hidden)
}

// differing finds what was typed twice and not the same, spaces aside.
function differing(model) {
  const errors = {}
  const plain = (text) => String(text || "").replace(/\s/g, "")
  for (const { name, twice } of model.fields) {
    const { [name]: once, [name + "_again"]: again } = model.typed
    if (twice && once !== undefined && model.mayChange(name) && plain(once) !== plain(again)) errors[name] = { code: "validation_values_mismatch" }
  }
  return errors
}

function scalar(field, value) {
  if (field.type === "bool") return !!value
  if (field.type === "number") return value === "" || value === undefined || value === null ? 0 : isNaN(value) ? value : Number(value)
  if (Array.isArray(value)) return value
  if (field.type === "select" && field.maxSelect > 1) return value || []
  return String(value === undefined || value === null ? "" : value).trim()
}

function packNew(model, submission) {
  const body = { status: model.move.to, submission }
  if (model.offer && aboutOf(model.offer)) body[model.column] = aboutOf(model.offer)
  if (model.commitment) body.commitment = model.typed.commitment ? model.commitment.version : ""
  for (const field of model.fields) body[field.name] = scalar(field, model.value(field.name))
  const keys = packRows(model, body)
  const files = []
  for (const slot of model.slots) for (const file of model.slotValue(slot.name).added) files.push([slot.name, file])
  return { body, files, keys }
}

// sketch is all that the form holds, for a paper that is made from it.
function sketch(model) {
  const body = {}
  if (model.detail) body.application = model.record.id
  else if (model.offer) body[model.column] = aboutOf(model.offer)
  for (const field of model.fields) body[field.name] = scalar(field, model.value(field.name))
  packRows(model, body)
  return body
}

// packChanges sends only what differs from the record. An application that was
// returned may be sent as it is; an edit without a change would be empty.
function packChanges(model) {
  const { record, detail, move } = model
  const body = {}, files = []
  for (const field of model.fields) {
    const next = scalar(field, model.value(field.name))
    if (model.mayChange(field.name) && JSON.stringify(next) !== JSON.stringify(scalar(field, record[field.name]))) body[field.name] = next
  }
  const keys = packRows(model, body)
  for (const def of model.rows) {
    const before = rowsToSend(def, takenRows(def, record), model.choices(def))[1]
    if (!model.mayChange(def.name) || JSON.stringify(before) === JSON.stringify(body[def.name])) delete body[def.name]
  }
  for (const slot of model.slots) {
    const value = model.slotValue(slot.name)
    if (!model.mayChange(slot.name) || (!value.gone.length && !value.added.length)) continue
    body[slot.name] = slot.maxSelect > 1 ? value.kept : value.kept[0] || ""
    for (const file of value.added) files.push([slot.name, file])
  }
  if (model.commitment && model.typed.commitment) body.commitment = model.commitment.version
  if (!Object.keys(body).length && move.to === detail.status) return null
  return { body: Object.assign(body, { rev: record.rev, status: move.to }), files, keys }
}

function packRows(model, body) {
  const keys = {}
  for (const def of model.rows) [keys[def.name], body[def.name]] = rowsToSend(def, model.rowsOf(def), model.choices(def))
  return keys
}

// sortErrors brings the errors of an answer into the order of the form, under the
// ids of its inputs: "items.0.reason" is the first row that was sent.
function sortErrors(model, data, keys) {
  const fields = {}, others = []
  let conflict = false
  for (const name of Object.keys(data)) {
    const [first, nth, column] = name.split(".")
    const def = model.rows.find((r) => r.name === first)
    let error = withLabels(model, data[name], name)
    if (name === model.column && error.code === "validation_required") error = { code: "choice_required" }
    if (name === "rev" && error.code === "rev_conflict") conflict = true
    else if (def && nth !== undefined && keys[first] && keys[first][nth] !== undefined) fields[cellId(def, keys[first][nth], column === def.choice ? "" : column)] = error
    else if (placesOf(model).some((p) => p.id === first)) fields[first] = error
    else others.push(error)
  }
  const order = placesOf(model).filter((p) => fields[p.id])
  return { fields, others, conflict, order }
}

// withLabels turns the names of slots among the parameters into their labels; beside
// the slot itself they would only say its name again.
function withLabels(model, error, place) {
  if (!error.params || !error.params.slots) return error
  if (model.slots.some((s) => s.name === place)) return { code: error.code }
  const label = (name) => { const slot = model.slots.find((s) => s.name === name); return slot ? t(slot.label) : name }
  return Object.assign({}, error, { params: Object.assign({}, error.params, { slots: [].concat(error.params.slots).map(label) }) })
}

// placesOf lists every place that can have an error, in the order of the form.
export function placesOf(model) {
  const places = [{ id: model.column, label: model.service.about ? t(model.service.about.label) : t("exam") }]
  for (const def of model.rows) {
    places.push({ id: def.name, label: t(def.label) })
    for (const row of orderedRows(model, def)) {
      for (const name of ["", ...def.fields.map((f) => f.name)]) {
        places.push({ id: cellId(def, row.key, name), label: cellLabel(def, model.rowsOf(def), model.choices(def), row.key, name) })
      }
    }
  }
  for (const field of model.fields) places.push({ id: field.name, label: labelOf(field) })
  for (const slot of model.slots) places.push({ id: slot.name, label: labelOf(slot) })
  places.push({ id: "commitment", label: t("commit_title") })
  return places
}

function orderedRows(model, def) {
  const rows = model.rowsOf(def)
  if (!def.choice) return rows
  return model.choices(def).map((c) => rows.find((r) => r.key === c.value)).filter(Boolean)
}
