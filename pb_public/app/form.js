import { html, useEffect, useRef, useState } from "../vendor/preact.mjs"
import { catalog, get, me, save } from "./api.js"
import { moment, say, store, stored, t } from "./i18n.js"
import { Field, Problem, Slot, labelOf } from "./inputs.js"
import { aboutColumn, aboutOf, filesOf, pageOf, placesOf, rewrites, useModel } from "./model.js"
import { Blank, Papers } from "./papers.js"
import { Rows } from "./rows.js"
import { Dialog, Empty, Failed, Icon, Notice, Skeleton, Title, announce, go, sentence, stateOf, useLoad } from "./ui.js"

// NewForm is /services/{name}/new.
export function NewForm({ service: name }) {
  const page = useLoad(() => Promise.all([catalog(), get(`/api/portal/services/${name}/offers`), get(`/api/portal/services/${name}/standing`)]), name)
  if (page.error) return html`<${Failed} error=${page.error} retry=${page.reload} />`
  if (!page.value) return html`<${Skeleton} lines=${5} />`
  const [services, offers, concern] = page.value
  const service = services.find((s) => s.name === name)
  if (!service) return html`<${Failed} error=${{ status: 404 }} />`
  const move = service.transitions.find((x) => x.by === "candidate" && x.from.includes(""))
  if (!move) return html`<${Failed} error=${{ status: 404 }} />`
  if (concern.problem) return html`<${Stranger} service=${service} concern=${concern} />`
  const asked = new URLSearchParams(location.search).get(aboutColumn(service))
  const chosen = offers.filter((o) => aboutOf(o) === asked)
  return html`<${Form} service=${service} offers=${chosen.length ? chosen : offers} about=${chosen.length ? asked : ""} move=${move} />`
}

// Stranger explains to somebody why a business is not for them.
function Stranger({ service, concern }) {
  return html`
    <${Title} back=${startOf(service)}>${t(service.apply)}<//>
    <${Empty} icon=${service.icon} title=${say(concern.problem)}><a class="button" href="/services">${t("to_services")}</a><//>`
}

// EditForm is /applications/{service}/{id}/edit: the same form, filled in.
export function EditForm({ service: name, id }) {
  const load = () => Promise.all([catalog(), get(`/api/portal/services/${name}/offers`, { application: id }), get(`/api/portal/applications/${name}/${id}`)])
  const page = useLoad(load, name + id)
  if (page.error) return html`<${Failed} error=${page.error} retry=${page.reload} />`
  if (!page.value) return html`<${Skeleton} lines=${5} />`
  const [services, offers, detail] = page.value
  const service = services.find((s) => s.name === name)
  if (!service) return html`<${Failed} error=${{ status: 404 }} />`
  const ways = detail.actions.filter(rewrites)
  const move = ways.find((a) => a.allowed) || ways[0]
  if (!move || !move.allowed) return html`<${Locked} detail=${detail} move=${move} service=${service} path=${`/applications/${name}/${id}`} />`
  return html`<${Form} service=${service} offers=${offers} move=${move} detail=${detail} reload=${page.reload} />`
}

function Locked({ detail, move, service, path }) {
  const state = stateOf(service, detail.status)
  const why = (move && move.problem) || (state && state.locked) || { code: "state_locked", params: { status: state ? t(state.title) : detail.status } }
  return html`
    <${Title} back=${{ href: path, text: t("details") }}>${t("not_editable")}<//>
    <${Empty} icon="lock-line" title=${say(why, service.states)} text=${detail.number}><a class="button" href=${path}>${t("see_application")}</a><//>`
}

// Form draws the form of any business from its definition. detail is the application
// that is changed; without it a new one is made. typed holds only what the candidate
// changed, so that a newer version can be loaded underneath.
function Form({ service, offers, about, move, detail, reload }) {
  const id = detail ? detail.record.id : ""
  const [done, setDone] = useState(null)
  const { typed, set, draft, submission, forget } = useTyped(service, id || about, done)
  const [files, setFiles] = useState({})
  const [errors, setErrors] = useState({})
  const [trouble, setTrouble] = useState(null) // what concerns the form as a whole
  const [progress, setProgress] = useState(null)
  const [asking, setAsking] = useState(null) // what is to be read once more before it is sent
  const model = useModel(service, offers, move, detail, typed, files)
  const leaving = useLeaving(!done && (Object.keys(typed).length > 0 || Object.keys(files).length > 0))
  const setSlot = (name, value) => setFiles((before) => Object.assign({}, before, { [name]: value }))

  async function submit(event) {
    if (event) event.preventDefault()
    if (progress !== null) return
    const differ = model.differ()
    if (Object.keys(differ).length) {
      setErrors(differ)
      return setTrouble({ kind: "problems", lines: [] })
    }
    const parcel = model.pack(submission.current)
    if (!parcel) return setTrouble({ kind: "unchanged" })
    const doubts = model.fields.filter((f) => f.recheck && parcel.body[f.name])
    if (event && doubts.length) return setAsking(doubts)
    setAsking(null)
    setErrors({}); setTrouble(null); setProgress(0)
    try {
      setDone(await save(service.name, id, parcel.body, parcel.files, setProgress))
    } catch (err) {
      const found = model.sort(err.data || {}, parcel.keys)
      setErrors(found.fields)
      setTrouble(troubleOf(err, found))
    }
    setProgress(null)
  }
  const retry = () => submit()
  const again = async () => {
    await reload()
    setErrors({})
    setTrouble({ kind: "reloaded" })
  }
  const clear = () => {
    forget()
    setErrors({}); setTrouble(null)
  }

  if (done) return html`<${Done} service=${service} record=${done} edited=${!!detail} about=${about} />`
  return html`
    <${Title} back=${detail ? { href: `/applications/${service.name}/${id}`, text: t(service.title) } : startOf(service, about)}>${detail ? t("edit_title", { service: t(service.title) }) : t(service.apply)}<//>
    <${Trouble} trouble=${trouble} errors=${errors} model=${model} onRetry=${retry} onReload=${again} states=${service.states} />
    <${Remarks} draft=${draft} onClear=${clear} reply=${detail && detail.record.reply} />
    ${((model.offer && model.offer.warnings) || []).map((words, i) => html`<${Notice} tone="info" key=${"warning" + i}><p>${t(words)}</p><//>`)}
    <form class="form" onSubmit=${submit} novalidate>
      <${Steps} ...${{ service, model, errors, typed, set, setSlot, detail }} />
      ${model.possible && html`<${Foot} label=${model.label} progress=${progress} />`}
    </form>
    ${asking && html`<${Recheck} fields=${asking} model=${model} onBack=${() => setAsking(null)} onGo=${retry} />`}
    ${leaving}`
}

// startOf is the page from which an application is begun.
function startOf(service, about) {
  const menu = service.about && service.about.menu
  if (!menu) return { href: `/services/${service.name}`, text: t(service.title) }
  return { href: about ? pageOf(service, about) : menu.path, text: t(menu.title) }
}

// Recheck shows in large type what would do harm if it were wrong.
function Recheck({ fields, model, onBack, onGo }) {
  return html`
    <${Dialog} title=${t("recheck_title")} onClose=${onBack}>
      ${fields.map((f) => html`
        <div class="recheck" key=${f.name}>
          <p class="recheck__label">${labelOf(f)}</p>
          <p class="recheck__value code">${grouped(String(model.value(f.name)))}</p>
          <p>${t(f.recheck)}</p>
        </div>`)}
      <div class="actions actions--end">
        <button type="button" class="button button--second" onClick=${onBack}>${t("recheck_back")}</button>
        <button type="button" class="button" onClick=${onGo}>${t("recheck_go", { label: model.label })}</button>
      </div>
    <//>`
}

// grouped writes the digits of a mobile number as people read them aloud.
const grouped = (value) => value.replace(/[\s-]/g, "").replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3")

// Remarks say that a draft came back, and what the authority wants corrected.
function Remarks({ draft, onClear, reply }) {
  return [
    draft && html`<${Notice} tone="info" role="status" key="draft"><p>${t("draft_restored", { at: moment(new Date(draft.at).toISOString()) })}</p>
      <button type="button" class="link-button" onClick=${onClear}><${Icon} name="delete-bin-6-line" />${t("draft_clear")}</button><//>`,
    reply && html`<${Notice} title=${t("reply")} key="reply"><p class="prose">${reply}</p><//>`,
  ]
}

// useTyped holds what was typed, and keeps it as a draft on this device until it
// is done. submission is the id of the form: a retry after a lost answer has the same.
function useTyped(service, id, done) {
  const [draft, setDraft] = useState(() => loadDraft(service.name, id))
  const [typed, setTyped] = useState(() => (draft ? draft.typed : {}))
  const submission = useRef(draft && draft.submission ? draft.submission : newSubmission())
  useEffect(() => {
    if (done) return store(draftKey(service.name, id), null)
    const timer = setTimeout(() => saveDraft(service, id, submission.current, typed), 400)
    return () => clearTimeout(timer)
  }, [typed, done])
  const set = (name, value) => setTyped((before) => Object.assign({}, before, { [name]: value }))
  const forget = () => {
    store(draftKey(service.name, id), null)
    submission.current = newSubmission()
    setDraft(null); setTyped({})
    announce(t("draft_cleared"))
  }
  return { typed, set, draft, submission, forget }
}

const keepDraft = 14 * 24 * 3600e3 // then a forgotten draft goes by itself

const draftKey = (service, id) => `draft:${me() ? me().id : ""}:${service}:${id || "new"}`

// newSubmission makes the id by which the server knows a form that is sent again
// because its answer was lost.
function newSubmission() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => (b < 16 ? "0" : "") + b.toString(16)).join("")
}

// loadDraft answers {at, submission, typed} of this candidate, or null.
function loadDraft(service, id) {
  try {
    const draft = JSON.parse(stored(draftKey(service, id)))
    return draft && draft.typed && Date.now() - draft.at < keepDraft ? draft : null
  } catch (err) {
    return null
  }
}

// saveDraft keeps what was typed, but never files or anything that is sealed:
// the device may be shared. Agreeing to the declaration is done anew.
function saveDraft(service, id, submission, typed) {
  if (!me()) return // the session is over: there is no owner to keep it for
  const open = {}
  for (const name of Object.keys(typed)) {
    const field = service.fields.find((f) => f.name === name)
    if (name === "commitment" || name.endsWith("_again") || (field && (field.type === "sealed" || field.kind))) continue
    open[name] = typed[name]
  }
  const some = Object.keys(open).length > 0
  store(draftKey(service.name, id), some ? JSON.stringify({ at: Date.now(), submission, typed: open }) : null)
}

// troubleOf says what concerns the whole form, beyond its fields.
function troubleOf(err, found) {
  if (err.kind === "expired") return null // the log-in dialog speaks
  if (err.status === 409 || found.conflict) return { kind: "conflict" }
  if (err.kind === "network") return { kind: "network" }
  return { kind: "problems", lines: found.others, text: found.order.length || found.others.length ? "" : sentence(err) }
}

// Trouble stands on top of the form and takes the focus.
function Trouble({ trouble, errors, model, onRetry, onReload, states }) {
  const box = useRef()
  useEffect(() => {
    if (!trouble || !box.current) return
    box.current.focus()
    box.current.scrollIntoView({ block: "start" })
  }, [trouble])
  if (!trouble) return null
  const failed = trouble.kind !== "reloaded" && trouble.kind !== "unchanged"
  return html`
    <div class=${"summary" + (failed ? "" : " summary--info")} role="alert" tabindex="-1" ref=${box}>
      ${trouble.kind === "problems" && html`<${Problems} ...${{ trouble, errors, model, states }} />`}
      ${trouble.kind === "network" && html`<h2><${Icon} name="wifi-off-line" />${t("network_title")}</h2><p>${t("network_text")}</p>
        <button type="button" class="button" onClick=${() => onRetry()}>${t("retry")}</button>`}
      ${trouble.kind === "conflict" && html`<h2><${Icon} name="refresh-line" />${t("conflict_title")}</h2><p>${t("conflict_text")}</p>
        <button type="button" class="button" onClick=${onReload}>${t("reload")}</button>`}
      ${trouble.kind === "reloaded" && html`<p>${t("reloaded")}</p>`}
      ${trouble.kind === "unchanged" && html`<p>${t("no_change")}</p>`}
    </div>`
}

function Problems({ trouble, errors, model, states }) {
  const jump = (id) => (e) => {
    e.preventDefault()
    const input = document.getElementById(id)
    if (!input) return
    input.scrollIntoView({ block: "center" })
    input.focus({ preventScroll: true })
  }
  return html`
    <h2><${Icon} name="error-warning-fill" />${t("problems")}</h2>
    ${trouble.text && html`<p>${trouble.text}</p>`}
    <ul>
      ${placesOf(model).filter((p) => errors[p.id]).map((p) => html`<li key=${p.id}><a href=${"#" + p.id} onClick=${jump(p.id)}>${p.label}${t("colon")}${say(errors[p.id], states)}</a></li>`)}
      ${(trouble.lines || []).map((error) => html`<li>${say(error, states)}</li>`)}
    </ul>`
}

// Steps are the numbered parts of the form; what a business does not have is left out.
function Steps({ service, model, errors, typed, set, setSlot, detail }) {
  const parts = []
  const states = service.states
  if (model.offers.length !== 1 || aboutOf(model.offers[0]) || detail) parts.push([service.about ? t(service.about.label) : t("step_exam"), html`<${Offers} ...${{ model, errors, set, detail, states }} />`])
  for (const def of model.possible ? model.rows : []) {
    if (!model.mayChange(def.name)) continue
    const body = def.choice && !model.offer
      ? html`<p class="field__hint" id=${def.name}>${t("pick_exam_first")}</p>`
      : html`<${Rows} ...${{ def, rows: model.rowsOf(def), choices: model.choices(def), errors, error: errors[def.name], states, mine: model.mine(def) }} onChange=${(rows) => set(def.name, rows)} />`
    parts.push([def.choice ? t("step_rows") : t(def.label), body])
  }
  if (model.possible && model.fields.length) parts.push([t("step_fields"), model.fields.map((f) => html`<${OneField} key=${f.name} ...${{ field: f, model, errors, typed, set, states }} />`)])
  const slots = model.slots.filter((s) => model.mayChange(s.name))
  if (model.possible && slots.length) {
    parts.push([t("step_files"), slots.map((s) => html`<${Slot} key=${s.name} slot=${s} blank=${html`<${Blank} ...${{ service, slot: s, model }} />`} value=${model.slotValue(s.name)} error=${errors[s.name]} states=${states}
      owner=${{ service: service.name, id: model.record.id, files: filesOf(model.record, s.name) }} onChange=${(v) => setSlot(s.name, v)} />`)])
  }
  if (model.possible && model.commitment) parts.push([t("step_confirm"), html`<${Commitment} ...${{ model, errors, typed, set, states }} />`])
  return parts.map(([title, body], i) => html`
    <section class="step" key=${title + i} aria-labelledby=${"step-" + i}>
      <h2 class="step__title" id=${"step-" + i}><span class="step__number" aria-hidden="true">${i + 1}</span>${title}</h2>
      ${body}
    </section>`)
}

function OneField({ field, model, errors, typed, set, states }) {
  if (!model.mayChange(field.name)) {
    return html`<div class="field"><p class="field__label">${labelOf(field)}</p><p>${String(model.value(field.name) || t("none"))}</p><p class="field__hint">${t("fixed_field")}</p></div>`
  }
  const masked = field.type === "sealed" && typed[field.name] === undefined && /\*/.test(model.record[field.name] || "")
  return html`<${Field} field=${field} id=${field.name} value=${model.value(field.name)} error=${errors[field.name]} states=${states} masked=${masked} onChange=${(v) => set(field.name, v)}
    again=${typed[field.name + "_again"]} onAgain=${field.twice && typed[field.name] !== undefined ? (v) => set(field.name + "_again", v) : null} />`
}

// Offers are the exams that one may apply for; those that one may not, say why.
function Offers({ model, errors, set, detail, states }) {
  const { offers, offer, column } = model
  const about = detail ? detail.about || { title: t(detail.session_title) || (offer ? t(offer.title) : ""), note: offer ? t(offer.note) : "" } : model.service.about && offers.length === 1 && !offers[0].problem ? offers[0] : null
  if (about) {
    return html`<p class="chosen"><${Icon} name=${column === "registration" ? "calendar-event-line" : "award-line"} /><span><b>${t(about.title)}</b>${t(about.note) && html`<span class="chosen__note">${t(about.note)}</span>`}
      ${!detail && offer.closes && html`<span class="choice__deadline"><${Icon} name="timer-line" />${t("deadline", { at: moment(offer.closes) })}</span>`}</span></p>`
  }
  if (!offers.length) return html`<${Empty} icon="calendar-line" title=${t("no_offers")} text=${t("no_offers_text")} />`
  const error = errors[column]
  return html`
    <fieldset class=${"rows" + (error ? " field--error" : "")} id=${column} tabindex="-1" aria-describedby=${error ? column + "-error" : undefined}>
      <legend class="visually-hidden">${t("step_exam")}</legend>
      <${Problem} id=${column} error=${error} states=${states} />
      <div class="choices">${offers.map((o) => html`<${Offer} key=${aboutOf(o)} offer=${o} column=${column} on=${o === offer} states=${states} onPick=${() => set(column, aboutOf(o))} />`)}</div>
    </fieldset>
    ${!model.possible && model.service.about && model.service.about.menu && html`<p class="actions"><a class="button button--second" href=${model.service.about.menu.path}>${t("back_to", { page: t(model.service.about.menu.title) })}</a></p>`}`
}

function Offer({ offer, column, on, states, onPick }) {
  const id = column + "-" + aboutOf(offer)
  return html`
    <div class=${"choice" + (on ? " choice--on" : "") + (offer.problem ? " choice--off" : "")}>
      <label class="choice__head">
        <input type="radio" name=${column} id=${id} checked=${on} disabled=${!!offer.problem} aria-describedby=${offer.problem ? id + "-problem" : undefined} onChange=${onPick} />
        <span class="choice__text">
          ${t(offer.exam) && html`<span class="choice__note">${t(offer.exam)}</span>`}
          <span class="choice__name">${t(offer.title)}</span>
          ${t(offer.note) && html`<span class="choice__note">${t(offer.note)}</span>`}
          ${offer.closes && !offer.problem && html`<span class="choice__deadline"><${Icon} name="timer-line" />${t("deadline", { at: moment(offer.closes) })}</span>`}
        </span>
      </label>
      ${offer.problem && html`<p class="choice__problem" id=${id + "-problem"}><${Icon} name="information-line" />${say(offer.problem, states)}</p>`}
    </div>`
}

function Commitment({ model, errors, typed, set, states }) {
  const error = errors.commitment
  return html`
    <div class=${"field" + (error ? " field--error" : "")}>
      <div class="commitment" id="commitment-text" tabindex="0" role="region" aria-label=${t("commit_title")}>
        ${t(model.commitment.text).split("\n").map((line) => html`<p>${line}</p>`)}
      </div>
      <label class="tick"><input type="checkbox" id="commitment" name="commitment" aria-required="true" aria-invalid=${error ? "true" : undefined}
        aria-describedby=${"commitment-text" + (error ? " commitment-error" : "")} checked=${!!typed.commitment} onChange=${(e) => set("commitment", e.target.checked)} /><span>${t("commit_tick")}</span></label>
      <${Problem} id="commitment" error=${error} states=${states} />
    </div>`
}

function Foot({ label, progress }) {
  const busy = progress !== null
  const words = !busy ? label : progress > 0 && progress < 100 ? t("uploading", { n: progress }) : t("sending")
  return html`
    <div class="form__foot">
      ${busy && html`<progress class="progress" max="100" value=${progress || undefined} aria-label=${t("sending")}></progress>`}
      <button class="button button--large" aria-disabled=${busy ? "true" : undefined}>${words}</button>
      <p class="form__note">${t("draft_note")}</p>
    </div>`
}

// Done says the number, what follows, and leads to the application.
function Done({ service, record, edited, about }) {
  const state = stateOf(service, record.status)
  const box = useRef()
  useEffect(() => {
    scrollTo(0, 0)
    box.current.focus()
    dispatchEvent(new Event("applications-changed"))
  }, [])
  return html`
    <div class="done" tabindex="-1" ref=${box}>
      <${Icon} name="checkbox-circle-fill" class="done__icon" />
      <${Title}>${t(edited ? "done_edit_title" : "done_title")}<//>
      <p class="done__number">${t("done_number", { number: record.number })}</p>
      <div class="done__next">
        <h2>${t("done_next")}</h2>
        ${state && html`<p>${t(state.next)}</p>`}
        <p>${t("done_messages")}</p>
        <${Papers} service=${service} detail=${{ record, number: record.number, papers: ["receipt"] }} />
      </div>
      <p class="actions actions--center">
        <a class="button" href=${`/applications/${service.name}/${record.id}`}>${t("see_application")}</a>
        ${service.about && service.about.menu
    ? html`<a class="button button--second" href=${startOf(service, about || record[service.about.column]).href}>${t("back_to", { page: t(service.about.menu.title) })}</a>`
    : html`<a class="button button--second" href="/services">${t("to_services")}</a>`}
      </p>
    </div>`
}

// useLeaving asks before a form that was begun is left. It answers the question as a
// dialog while it is open.
function useLeaving(dirty) {
  const [to, setTo] = useState(null)
  useEffect(() => {
    if (!dirty) return
    const unload = (e) => { e.preventDefault(); e.returnValue = "" }
    const leave = (e) => { e.preventDefault(); setTo(e.detail) }
    addEventListener("beforeunload", unload)
    addEventListener("leaving", leave)
    return () => {
      removeEventListener("beforeunload", unload)
      removeEventListener("leaving", leave)
    }
  }, [dirty])
  if (to === null) return null
  return html`
    <${Dialog} title=${t("leave_title")} onClose=${() => setTo(null)}>
      <p>${t("leave_text")}</p>
      <div class="actions actions--end">
        <button type="button" class="button button--second" onClick=${() => go(to, { force: true })}>${t("leave")}</button>
        <button type="button" class="button" onClick=${() => setTo(null)}>${t("stay")}</button>
      </div>
    <//>`
}
