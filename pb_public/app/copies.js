import { html, useState } from "../vendor/preact.mjs"
import { download, now, post } from "./api.js"
import { date, moment, points, say, t } from "./i18n.js"
import { Problem } from "./inputs.js"
import { Dialog, Icon, Notice, announce, sentence } from "./ui.js"

const day = 24 * 3600e3

// Copies hands out the certificate: whole, or as annotated copies 加注 for one purpose
// and one reader, for some days.
export function Copies({ c, reload }) {
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState("")
  const { items, problem: why, most } = c.copies
  const live = items.filter((x) => x.state === "live")
  const over = items.filter((x) => x.state !== "live")
  const fetchCopy = (copy) => download(`/api/portal/annotations/${copy.id}/pdf`, `${c.title}-${copy.purpose}.pdf`)
    .then(() => { setProblem(""); reload() }, (err) => setProblem(sentence(err)))
  const fetchWhole = async () => {
    if (busy) return
    setBusy(true)
    await download(`/api/portal/certificates/${c.id}/pdf`, `${c.title}.pdf`).then(() => setProblem(""), (err) => setProblem(sentence(err)))
    setBusy(false)
  }
  const fetchCredential = async () => {
    if (busy) return
    setBusy(true)
    await download(`/api/portal/certificates/${c.id}/credential`, `${c.title}-${c.number}.vc.jwt`).then(() => setProblem(""), (err) => setProblem(sentence(err)))
    setBusy(false)
  }
  const made = async (copy) => {
    setAsking(false)
    announce(t("copy_made"))
    await reload()
    await fetchCopy(copy)
  }
  if (c.status !== "valid" && !items.length) return null
  return html`
    <section class="panel" aria-labelledby="copies">
      <h2 id="copies" class="panel__title">${t("copies")}</h2>
      <p>${t("copies_text", { most })}</p>
      ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
      ${c.status === "valid" && html`<p class="actions certificate__deeds">
        ${!why && html`<button type="button" class="button" onClick=${() => setAsking(true)}><${Icon} name="download-2-line" />${t("copy_make")}</button>`}
        ${c.medium !== "paper" && html`<button type="button" class="button button--second" aria-disabled=${busy ? "true" : undefined} onClick=${fetchWhole}>${t("whole_download")}</button>`}
        <button type="button" class="button button--second" aria-disabled=${busy ? "true" : undefined} aria-describedby="credential-hint" onClick=${fetchCredential}>${t("credential_download")}</button>
      </p>
      ${c.medium !== "paper" && html`<p class="field__hint">${t("whole_text")}</p>`}
      <p class="field__hint" id="credential-hint">${t("credential_text")}</p>`}
      ${why && html`<p class="refused"><${Icon} name="information-line" /><span>${say(why)}</span></p>`}
      ${live.length > 0 && html`<h3 class="panel__sub">${t("copies_live", { n: live.length, most })}</h3>
        <ul class="copies">${live.map((x) => html`<li key=${x.id}><${Copy} copy=${x} onDownload=${() => fetchCopy(x)} reload=${reload} /></li>`)}</ul>`}
      ${over.length > 0 && html`<details class="copies__over"><summary>${t("copies_over", { n: over.length })}</summary>
        <ul class="copies">${over.map((x) => html`<li key=${x.id}><${Copy} copy=${x} /></li>`)}</ul></details>`}
      ${asking && html`<${Wish} c=${c} onClose=${() => setAsking(false)} onDone=${made} />`}
    </section>`
}

function Copy({ copy, onDownload, reload }) {
  const [busy, setBusy] = useState(false)
  const get = async () => {
    if (busy) return
    setBusy(true)
    await onDownload()
    setBusy(false)
  }
  const ends = { live: ["copy_until", copy.expires], expired: ["copy_expired", copy.expires], withdrawn: ["copy_withdrawn", copy.withdrawn] }[copy.state]
  return html`
    <article class=${"copy copy--" + copy.state} aria-label=${copy.purpose}>
      <div class="copy__text">
        <p class="copy__purpose">${copy.purpose}</p>
        ${copy.recipient && html`<p>${t("copy_for", { name: copy.recipient })}</p>`}
        <p class="copy__note">${t(ends[0], { at: moment(ends[1]) })}<span class="timeline__sep" aria-hidden="true">·</span>${t("copy_downloads", { n: copy.downloads })}</p>
      </div>
      ${copy.state === "live" && html`<div class="actions">
        <button type="button" class="button button--second button--small" aria-disabled=${busy ? "true" : undefined} aria-label=${t("download") + " " + copy.purpose} onClick=${get}><${Icon} name="download-2-line" />${t("download")}</button>
        <${TakeBack} copy=${copy} reload=${reload} />
      </div>`}
    </article>`
}

// TakeBack is the button 【撤回】 of a copy with its question.
function TakeBack({ copy, reload }) {
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState("")
  const close = () => { setAsking(false); setProblem("") }
  const go = () => post(`/api/portal/annotations/${copy.id}/withdraw`, {}).then(() => { close(); announce(t("copy_taken_back")); reload() }, (err) => setProblem(sentence(err)))
  return html`
    <button type="button" class="button button--quiet button--small" aria-label=${t("take_back") + " " + copy.purpose} onClick=${() => setAsking(true)}>${t("take_back")}</button>
    ${asking && html`
      <${Dialog} title=${t("take_back_title")} onClose=${close}>
        <p><b>${copy.purpose}</b>${copy.recipient && html`<span> ${copy.recipient}</span>`}</p>
        <p>${t("take_back_text")}</p>
        ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
        <div class="actions actions--end">
          <button type="button" class="button button--second" onClick=${close}>${t("cancel")}</button>
          <button type="button" class="button" onClick=${go}>${t("take_back")}</button>
        </div>
      <//>`}`
}

// Wish asks what a copy is for, for whom and for how long.
function Wish({ c, onClose, onDone }) {
  const [typed, setTyped] = useState({ purpose: "", recipient: "", days: 30 })
  const [errors, setErrors] = useState({})
  const [problem, setProblem] = useState("")
  const [busy, setBusy] = useState(false)
  const set = (name) => (e) => setTyped(Object.assign({}, typed, { [name]: name === "days" ? Number(e.target.value) : e.target.value }))
  async function submit(e) {
    e.preventDefault()
    if (busy) return
    setBusy(true); setErrors({}); setProblem("")
    try {
      return onDone(await post(`/api/portal/certificates/${c.id}/annotations`, typed))
    } catch (err) {
      const data = err.data || {}
      setErrors(data)
      if (!["purpose", "recipient", "days"].some((name) => data[name])) setProblem(sentence(err))
    }
    setBusy(false)
  }
  return html`
    <${Dialog} title=${t("copy_make")} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
        <${Line} name="purpose" max=${50} must value=${typed.purpose} error=${errors.purpose} onInput=${set("purpose")} />
        <${Line} name="recipient" max=${100} value=${typed.recipient} error=${errors.recipient} onInput=${set("recipient")} />
        <fieldset class="field">
          <legend class="field__label">${t("copy_days")}</legend>
          ${c.copies.days.map((n) => html`
            <label class="tick copy__days" key=${n}><input type="radio" name="days" value=${n} checked=${typed.days === n} onChange=${set("days")} />
              <span>${t("copy_n_days", { n })}<span class="copy__until">${t("copy_ends", { at: date(new Date(now() + n * day + day / 3).toISOString()) })}</span></span></label>`)}
          <${Problem} id="days" error=${errors.days} />
        </fieldset>
        <p class="field__hint">${t("copy_note")}</p>
        <div class="actions actions--end">
          <button type="button" class="button button--second" onClick=${onClose}>${t("cancel")}</button>
          <button class="button" aria-disabled=${busy ? "true" : undefined}>${t(busy ? "copy_busy" : "copy_go")}</button>
        </div>
      </form>
    <//>`
}

function Line({ name, max, must, value, error, onInput }) {
  const id = "copy-" + name
  return html`
    <div class=${"field" + (error ? " field--error" : "")}>
      <label class="field__label" for=${id}>${t("copy_" + name)}${!must && html`<span class="field__optional">${t("optional")}</span>`}</label>
      <p class="field__hint" id=${id + "-hint"}>${t("copy_" + name + "_hint")}</p>
      <input id=${id} name=${name} type="text" autocomplete="off" aria-required=${must ? "true" : undefined} aria-invalid=${error ? "true" : undefined}
        aria-describedby=${id + "-hint" + (error ? ` ${id}-error` : "")} value=${value} onInput=${onInput} />
      ${points(value) > max && html`<p class="counter counter--over">${t("counter", { n: points(value), max })}</p>`}
      <${Problem} id=${id} error=${error} />
    </div>`
}
