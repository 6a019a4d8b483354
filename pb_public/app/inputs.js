import { html, useEffect, useState } from "../vendor/preact.mjs"
import { fileURL, pb } from "./api.js"
import { points, say, size, t } from "./i18n.js"
import { Region } from "./region.js"
import { Icon } from "./ui.js"

const long = 100 // from this many characters on a text gets a box of several lines

// labelOf is the name of a field. A field that the operator added in the
// dashboard has a help text only.
export const labelOf = (field) => t(field.label) || field.help || field.name

const hintOf = (field) => t(field.hint) || (t(field.label) ? field.help : "") || ""

const isLong = (field) => field.type === "text" && field.max > long
const isMonth = (field) => field.type === "month" || (field.type === "text" && field.pattern === "^\\d{4}-(0[1-9]|1[0-2])$")
const isDate = (field) => field.type === "date" || (field.type === "text" && field.pattern === "^\\d{4}-\\d{2}-\\d{2}$")

// Field draws one field with its label, hint, error and input. id is unique in the
// form; states translate parameters of errors.
export function Field({ field, id, value, error, onChange, states, masked, again, onAgain }) {
  if (field.type === "bool") return html`<${Tick} ...${{ field, id, value, error, onChange, states }} />`
  const Input = inputOf(field)
  const many = (field.type === "select" && field.maxSelect > 1) || field.input === "region"
  const hint = [hintOf(field), masked && t("masked_hint")].filter(Boolean).join(" ")
  const attrs = described(id, field, hint, error)
  const head = [labelOf(field), field.must || field.required ? "" : html`<span class="field__optional">${t("optional")}</span>`]
  return html`
    <div class=${"field" + (error ? " field--error" : "")} role=${many ? "group" : undefined} aria-labelledby=${many ? id + "-label" : undefined}>
      ${many ? html`<span class="field__label" id=${id + "-label"}>${head}</span>` : html`<label class="field__label" for=${id}>${head}</label>`}
      ${hint && html`<p class="field__hint" id=${id + "-hint"}>${hint}</p>`}
      <${Input} field=${field} attrs=${attrs} value=${value} onChange=${onChange} masked=${masked} />
      ${isLong(field) && html`<${Counter} text=${value} field=${field} />`}
      ${onAgain && html`<${Again} ...${{ field, id, again, onAgain }} />`}
      <${Problem} id=${id} error=${error} states=${states} />
    </div>`
}

// Again asks for the same once more: what was pasted wrong would be pasted wrong again.
function Again({ field, id, again, onAgain }) {
  return html`
    <label class="field__label field__again" for=${id + "_again"}>${t("again", { label: labelOf(field) })}</label>
    <p class="field__hint" id=${id + "_again-hint"}>${t("again_hint")}</p>
    <input id=${id + "_again"} class="input--medium" type="text" inputmode="numeric" autocomplete="off" spellcheck="false" aria-describedby=${id + "_again-hint"}
      value=${again || ""} onInput=${typed(onAgain)} onPaste=${(e) => e.preventDefault()} onDrop=${(e) => e.preventDefault()} />`
}

function described(id, field, hint, error) {
  return {
    id,
    name: id,
    "aria-describedby": [hint && id + "-hint", error && id + "-error"].filter(Boolean).join(" ") || undefined,
    "aria-invalid": error ? "true" : undefined,
    "aria-required": field.must || field.required ? "true" : undefined,
  }
}

// Problem is the error beside its field.
export function Problem({ id, error, states }) {
  if (!error) return null
  return html`<p class="field__error" id=${id + "-error"}><${Icon} name="error-warning-fill" />${say(error, states)}</p>`
}

// Counter counts code points, as the server does; maxlength would count 𬭎 twice.
function Counter({ text, field }) {
  const n = points(String(text || "").trim())
  const over = n > field.max
  const key = field.min > 1 && n < field.min ? "counter_min" : "counter"
  return html`<p class=${"counter" + (over ? " counter--over" : "")}>${t(key, { n, min: field.min, max: field.max })}</p>`
}

// inputOf finds the input for a field. This is all there is to add for a new type.
function inputOf(field) {
  if (field.input === "region") return Region
  if (field.input === "choice") return Select
  if (isDate(field)) return DateInput
  if (isMonth(field)) return MonthInput
  if (isLong(field)) return LongText
  if (field.type === "select" && field.maxSelect > 1) return Ticks
  return { select: Select, relation: Relation, number: Numeric, sealed: Sealed, email: Email }[field.type] || Text
}

const typed = (onChange) => (e) => onChange(e.target.value)

const fills = { employer: "organization", recipient: "name", postcode: "postal-code" }

const Text = ({ field, attrs, value, onChange }) => html`<input ...${attrs} type="text" inputmode=${/^\^\\d/.test(field.pattern || "") ? "numeric" : undefined} class=${field.pattern && field.max <= 12 ? "input--short" : undefined} autocomplete=${fills[field.name] || "off"} value=${value || ""} onInput=${typed(onChange)} />`

const LongText = ({ attrs, value, onChange }) => html`<textarea ...${attrs} rows="4" value=${value || ""} onInput=${typed(onChange)}></textarea>`

const Numeric = ({ attrs, value, onChange }) => html`<input ...${attrs} type="text" inputmode="decimal" autocomplete="off" class="input--short" value=${value === undefined || value === null ? "" : value} onInput=${typed(onChange)} />`

const Email = ({ attrs, value, onChange }) => html`<input ...${attrs} type="email" autocomplete="email" value=${value || ""} onInput=${typed(onChange)} />`

const DateInput = ({ attrs, value, onChange }) => html`<input ...${attrs} type="date" class="input--short" value=${String(value || "").slice(0, 10)} onInput=${typed(onChange)} />`

const MonthInput = ({ attrs, value, onChange }) => html`<input ...${attrs} type="month" class="input--short" placeholder="2026-11" value=${value || ""} onInput=${typed(onChange)} />`

// Sealed inputs show stars until somebody types; then the whole value is typed anew.
function Sealed({ field, attrs, value, onChange, masked }) {
  const mobile = field.kind === "mobile" || field.kind === "contact", card = field.kind === "bank_card"
  const select = (e) => { if (masked) e.target.select() }
  return html`<input ...${attrs} type=${mobile ? "tel" : "text"} inputmode=${card ? "numeric" : undefined} spellcheck="false" autocapitalize="none"
    autocomplete=${mobile ? "tel" : field.kind === "address" ? "street-address" : "off"} class=${field.kind === "address" ? "" : "input--medium"} value=${value || ""} onFocus=${select} onInput=${typed(onChange)} />`
}

const optionsOf = (field) => (field.options || (field.values || []).map((v) => ({ value: v, label: v })))

const Select = ({ field, attrs, value, onChange }) => html`
  <select ...${attrs} onChange=${typed(onChange)}>
    <option value="">${t("choose")}</option>
    ${optionsOf(field).map((o) => html`<option value=${o.value} selected=${o.value === value}>${t(o.label)}</option>`)}
  </select>`

function Ticks({ field, attrs, value, onChange }) {
  const chosen = value || []
  const toggle = (v) => onChange(chosen.includes(v) ? chosen.filter((x) => x !== v) : chosen.concat(v))
  return html`<div class="ticks">${optionsOf(field).map((o, i) => html`
    <label class="tick"><input type="checkbox" id=${i ? undefined : attrs.id} name=${attrs.name} aria-describedby=${attrs["aria-describedby"]} checked=${chosen.includes(o.value)} onChange=${() => toggle(o.value)} /><span>${t(o.label)}</span></label>`)}</div>`
}

// Relation offers the records that the candidate may see.
function Relation({ field, attrs, value, onChange }) {
  const [records, setRecords] = useState([])
  const collection = field.collection || field.collectionId
  useEffect(() => {
    if (collection) pb.collection(collection).getFullList().then(setRecords, () => {})
  }, [collection])
  const options = field.options || records.map((r) => ({ value: r.id, label: r.title || r.name || r.number || r.id }))
  return html`<${Select} field=${{ options }} attrs=${attrs} value=${value} onChange=${onChange} />`
}

function Tick({ field, id, value, error, onChange, states }) {
  const hint = hintOf(field)
  return html`
    <div class=${"field" + (error ? " field--error" : "")}>
      <label class="tick"><input type="checkbox" ...${described(id, field, hint, error)} checked=${!!value} onChange=${(e) => onChange(e.target.checked)} /><span>${labelOf(field)}</span></label>
      ${hint && html`<p class="field__hint" id=${id + "-hint"}>${hint}</p>`}
      <${Problem} id=${id} error=${error} states=${states} />
    </div>`
}

const types = { "image/jpeg": "JPG", "image/png": "PNG", "application/pdf": "PDF" }

// Slot is one place for materials: files that are there may be kept or removed, new
// ones added. value is {kept: [names], gone: [names], added: [Files]}.
export function Slot({ slot, blank, value, error, onChange, states, owner }) {
  const count = value.kept.length + value.added.length
  const full = count >= slot.maxSelect
  const swap = slot.maxSelect === 1 && full
  const hint = [t(slot.hint), rule(slot)].filter(Boolean)
  const add = (e) => {
    const fresh = Array.from(e.target.files)
    e.target.value = "" // so that the same file may be chosen again
    if (!fresh.length) return
    if (swap) return onChange({ kept: [], gone: value.gone.concat(value.kept), added: fresh.slice(0, 1) })
    onChange(Object.assign({}, value, { added: value.added.concat(fresh).slice(0, slot.maxSelect - value.kept.length) }))
  }
  const drop = (file) => onChange(Object.assign({}, value, { added: value.added.filter((f) => f !== file) }))
  const move = (name, from, to) => onChange(Object.assign({}, value, { [from]: value[from].filter((n) => n !== name), [to]: value[to].concat(name) }))
  return html`
    <div class=${"field slot" + (error ? " field--error" : "")}>
      <p class="field__label" id=${slot.name + "-label"}>${labelOf(slot)}${!slot.must && html`<span class="field__optional">${t("optional")}</span>`}</p>
      <p class="field__hint" id=${slot.name + "-hint"}>${hint.map((line, i) => html`<span class="field__line" key=${i}>${line}</span>`)}</p>
      ${blank}
      <ul class="files">
        ${owner.files.map((name, i) => {
          const gone = value.gone.includes(name)
          const toggle = gone ? () => move(name, "gone", "kept") : () => move(name, "kept", "gone")
          return html`<${Kept} key=${name} name=${name} nth=${i + 1} gone=${gone} owner=${owner} onRemove=${gone && full ? null : toggle} />`
        })}
        ${value.added.map((file) => html`<${Added} key=${file.name + file.lastModified} file=${file} slot=${slot} onRemove=${() => drop(file)} />`)}
      </ul>
      ${(!full || swap) && html`
        <input type="file" class="slot__input" ...${described(slot.name, slot, true, error)} accept=${accepted(slot).join(",")} multiple=${slot.maxSelect > 1}
          aria-labelledby=${`${slot.name}-label ${slot.name}-button`} onChange=${add} />
        <label class="button button--second slot__button" id=${slot.name + "-button"} for=${slot.name}><${Icon} name="upload-2-line" />${t(swap ? "replace_file" : count ? "add_file" : "choose_file")}</label>`}
      <${Problem} id=${slot.name} error=${error} states=${states} />
    </div>`
}

const accepted = (slot) => (slot.mimeTypes && slot.mimeTypes.length ? slot.mimeTypes : Object.keys(types))

function rule(slot) {
  const words = accepted(slot).map((m) => types[m] || m).join(t("separator"))
  return t(slot.maxSelect > 1 ? "file_rule" : "file_rule_one", { types: words, size: size(slot.maxSize), n: slot.maxSelect })
}

// doubt says before the upload what the server is going to refuse; the server decides.
function doubt(file, slot) {
  if (!file.size) return { code: "material_empty" }
  if (file.size > slot.maxSize) return { code: "material_size", params: { n: Math.round((slot.maxSize / (1 << 20)) * 10) / 10 } }
  if (file.type && !accepted(slot).includes(file.type)) return { code: "material_type" }
  return null
}

function Kept({ name, nth, gone, owner, onRemove }) {
  const open = (e) => {
    e.preventDefault()
    fileURL(owner.service, owner.id, name).then((url) => location.assign(url), () => {})
  }
  return html`
    <li class=${"file" + (gone ? " file--gone" : "")}>
      <span class="file__picture"><${Icon} name=${/\.pdf$/i.test(name) ? "file-pdf-2-line" : "image-line"} /></span>
      <span class="file__text"><a class="file__name" href="#file" onClick=${open}>${t("file_n", { n: nth })}</a><span class="file__note">${t(gone ? "will_remove" : "kept")}</span></span>
      ${onRemove && html`<button type="button" class="link-button" onClick=${onRemove} aria-label=${t(gone ? "restore" : "remove") + " " + t("file_n", { n: nth })}>
        <${Icon} name=${gone ? "arrow-go-back-line" : "delete-bin-6-line"} />${t(gone ? "restore" : "remove")}</button>`}
    </li>`
}

function Added({ file, slot, onRemove }) {
  const [picture, setPicture] = useState("")
  useEffect(() => {
    if (!/^image\/(jpeg|png)$/.test(file.type)) return
    const url = URL.createObjectURL(file)
    setPicture(url)
    return () => URL.revokeObjectURL(url)
  }, [file])
  const wrong = doubt(file, slot)
  return html`
    <li class=${"file" + (wrong ? " file--wrong" : "")}>
      <span class="file__picture">${picture ? html`<img src=${picture} alt=${t("preview", { name: file.name })} />` : html`<${Icon} name=${file.type === "application/pdf" ? "file-pdf-2-line" : "image-line"} />`}</span>
      <span class="file__text"><span class="file__name">${file.name}</span>
        <span class="file__note">${size(file.size)}</span>
        ${wrong && html`<span class="file__wrong" role="alert">${say(wrong)}</span>`}</span>
      <button type="button" class="link-button" onClick=${onRemove} aria-label=${t("remove") + " " + file.name}><${Icon} name="delete-bin-6-line" />${t("remove")}</button>
    </li>`
}
