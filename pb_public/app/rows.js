import { html } from "../vendor/preact.mjs"
import { say, t, yuan } from "./i18n.js"
import { Field, Problem, labelOf } from "./inputs.js"
import { Icon } from "./ui.js"

// Rows of one application: subjects of a score review, places of work, items to
// change. In the form a row is {key, off, cells}; key is the chosen value, or made up
// for free rows, so that what was typed stays with its row. off is a row that was
// unticked: its text comes back with the tick.

let made = 0
const newKey = () => "r" + Date.now().toString(36) + made++

// takeRows makes rows of the form from what a record holds.
export function takeRows(def, value) {
  return (value || []).map((cells) => ({ key: def.choice ? String(cells[def.choice]) : newKey(), cells }))
}

// rowsToSend answers [keys, cells] of the rows that count, in the order of the form:
// the server's errors count them from 0.
export function rowsToSend(def, rows, choices) {
  const on = def.choice
    ? choices.map((c) => rows.find((r) => r.key === c.value && !r.off)).filter(Boolean)
    : rows
  return [on.map((r) => r.key), on.map((r) => cellsOf(def, r))]
}

function cellsOf(def, row) {
  const cells = def.choice ? { [def.choice]: row.key } : {}
  for (const field of columns(def)) {
    const value = row.cells[field.name]
    if (field.type === "number") cells[field.name] = value === "" || value === undefined ? null : isNaN(value) ? value : Number(value)
    else if (field.type === "bool") cells[field.name] = !!value
    else cells[field.name] = String(value === undefined || value === null ? "" : value).trim()
  }
  return cells
}

const columns = (def) => def.fields.filter((f) => f.name !== def.choice)

// cellId is the id of an input in a row.
export const cellId = (def, key, name) => `${def.name}-${key}${name ? "-" + name : ""}`

// cellLabel names an input in a row for the list of problems.
export function cellLabel(def, rows, choices, key, name) {
  const choice = choices.find((c) => c.value === key)
  const row = choice ? t(choice.label) : t("row", { n: rows.findIndex((r) => r.key === key) + 1 })
  const field = def.fields.find((f) => f.name === name)
  return field ? row + t("separator") + labelOf(field) : row
}

// Rows draws them: one tick per choice, or rows that are added and removed.
export function Rows(props) {
  const { def, error, states } = props
  const hint = t(def.hint)
  return html`
    <fieldset class=${"rows" + (error ? " field--error" : "")} id=${def.name} tabindex="-1" aria-describedby=${[hint && def.name + "-hint", error && def.name + "-error"].filter(Boolean).join(" ") || undefined}>
      <legend class="field__label">${t(def.label)}</legend>
      ${hint && html`<p class="field__hint" id=${def.name + "-hint"}>${hint}</p>`}
      <${Problem} id=${def.name} error=${error} states=${states} />
      ${def.choice ? html`<${Choices} ...${props} />` : html`<${Free} ...${props} />`}
      ${def.total && html`<${Total} ...${props} />`}
    </fieldset>`
}

// Total is the sum of what was chosen. The server computes its own.
function Total({ def, rows, choices }) {
  const on = choices.filter((c) => rows.some((r) => r.key === c.value && !r.off))
  return html`<p class="rows__total" aria-live="polite">${t(def.total)}${t("colon")}<b>${yuan(on.reduce((sum, c) => sum + (c.amount || 0), 0))}</b></p>`
}

function Choices({ def, rows, choices, errors, onChange, states, mine }) {
  if (!choices.length) return html`<p class="field__hint">${t("no_choices")}</p>`
  const toggle = (value) => {
    const row = rows.find((r) => r.key === value)
    if (!row) return onChange(rows.concat({ key: value, cells: {} }))
    onChange(rows.map((r) => (r === row ? Object.assign({}, r, { off: !r.off }) : r)))
  }
  return html`<div class="choices">${choices.map((c) => {
    const row = rows.find((r) => r.key === c.value && !r.off)
    const problem = mine.includes(c.value) ? null : c.problem // my own application is no obstacle to itself
    return html`<${Choice} key=${c.value} ...${{ def, choice: c, row, problem, errors, states }} onToggle=${() => toggle(c.value)}
      onCells=${(cells) => onChange(rows.map((r) => (r === row ? Object.assign({}, r, { cells }) : r)))} />`
  })}</div>`
}

function Choice({ def, choice, row, problem, errors, states, onToggle, onCells }) {
  const id = cellId(def, choice.value)
  const error = errors[id] || errors[cellId(def, choice.value, def.choice)]
  return html`
    <div class=${"choice" + (row ? " choice--on" : "") + (problem ? " choice--off" : "")}>
      <label class="choice__head">
        <input type="checkbox" id=${id} checked=${!!row} disabled=${!!problem} aria-invalid=${error ? "true" : undefined}
          aria-describedby=${problem ? id + "-problem" : error ? id + "-error" : undefined} onChange=${onToggle} />
        <span class="choice__text"><span class="choice__name">${t(choice.label)}</span><span class="choice__note">${t(choice.note)}</span></span>
      </label>
      ${problem && html`<p class="choice__problem" id=${id + "-problem"}><${Icon} name="information-line" />${say(problem, states)}</p>`}
      <${Problem} id=${id} error=${error} states=${states} />
      ${row && columns(def).length > 0 && html`<div class="choice__body"><${Cells} ...${{ def, row, errors, states, onCells }} /></div>`}
    </div>`
}

function Cells({ def, row, errors, states, onCells }) {
  return columns(def).map((field) => {
    const id = cellId(def, row.key, field.name)
    return html`<${Field} key=${id} field=${field} id=${id} value=${row.cells[field.name]} error=${errors[id]} states=${states}
      onChange=${(value) => onCells(Object.assign({}, row.cells, { [field.name]: value }))} />`
  })
}

function Free({ def, rows, errors, onChange, states }) {
  const remove = (row) => onChange(rows.filter((r) => r !== row))
  return html`
    <div class="choices">
      ${rows.map((row, i) => html`
        <div class="choice choice--on" key=${row.key} role="group" aria-label=${t("row", { n: i + 1 })} id=${cellId(def, row.key)} tabindex="-1">
          <div class="choice__bar"><span class="choice__name">${t("row", { n: i + 1 })}</span>
            <button type="button" class="link-button" aria-label=${t("remove_row", { n: i + 1 })} onClick=${() => remove(row)}><${Icon} name="delete-bin-6-line" />${t("remove")}</button></div>
          <${Problem} id=${cellId(def, row.key)} error=${errors[cellId(def, row.key)]} states=${states} />
          <${Cells} ...${{ def, row, errors, states }} onCells=${(cells) => onChange(rows.map((r) => (r === row ? Object.assign({}, r, { cells }) : r)))} />
        </div>`)}
    </div>
    ${(!def.max || rows.length < def.max) && html`
      <button type="button" class="button button--second" onClick=${() => onChange(rows.concat({ key: newKey(), cells: {} }))}><${Icon} name="add-line" />${t("add_row")}</button>`}`
}
