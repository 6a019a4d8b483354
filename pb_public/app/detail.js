import { html, useState } from "../vendor/preact.mjs"
import { catalog, fileURL, get, setClock } from "./api.js"
import { date, known, moment, say, t, yuan } from "./i18n.js"
import { labelOf } from "./inputs.js"
import { Due, Withdraw } from "./lists.js"
import { Linked } from "./linked.js"
import { useLive } from "./live.js"
import { asked, pageOf, rewrites } from "./model.js"
import { Papers } from "./papers.js"
import { RegionName } from "./region.js"
import { Dialog, Failed, Icon, Notice, Skeleton, Status, Title, sentence, stateOf, useLoad } from "./ui.js"

// Detail is /applications/{service}/{id}: all about one application, live.
export function Detail({ service: name, id }) {
  const load = async () => {
    const [services, detail] = await Promise.all([catalog(), get(`/api/portal/applications/${name}/${id}`)])
    setClock(detail.server_time)
    const words = detail.rows || (await rowWords(name, id, detail.record))
    return { services, service: services.find((s) => s.name === name), detail, words }
  }
  const page = useLoad(load, name + "/" + id)
  useLive(page.value ? [{ service: name, id }] : [], page.reload)
  if (page.error) return html`<${Failed} error=${page.error} retry=${page.reload} />`
  if (!page.value) return html`<${Skeleton} lines=${6} />`
  const { services, service, detail, words } = page.value
  if (!service) return html`<${Failed} error=${{ status: 404 }} />`
  const print = html`<button type="button" class="button button--quiet no-print" onClick=${() => window.print()}><${Icon} name="printer-line" />${t("print")}</button>`
  return html`
    <${Title} back=${above(service, detail)} aside=${print}>${t(service.title)}<//>
    <${Banner} service=${service} services=${services} detail=${detail} reload=${page.reload} />
    <${Told} service=${service} record=${detail.record} />
    <${Results} service=${service} record=${detail.record} words=${words} />
    <${Content} service=${service} detail=${detail} words=${words} />
    <${Files} service=${service} record=${detail.record} words=${words} />
    <${Timeline} service=${service} detail=${detail} />`
}

// above is the page that leads here: that of what the application is about, or of
// its business.
function above(service, detail) {
  const menu = detail.about && service.about && service.about.menu
  return menu ? { href: pageOf(service, detail.about.id), text: t(detail.about.title) } : { href: "/services/" + service.name, text: t(service.title) }
}

// rowWords finds what the rows of an application are called, where the answer does
// not say so itself: the choices of its offer do.
async function rowWords(service, id, record) {
  try {
    const offers = await get(`/api/portal/services/${service}/offers`, { application: id })
    const offer = offers.find((o) => !o.registration || o.registration === record.registration)
    return (offer && offer.choices) || {}
  } catch (err) {
    return {}
  }
}

// Banner says how it stands, what happens next, by when, and what can be done.
function Banner({ service, services, detail, reload }) {
  const { record } = detail
  const state = stateOf(service, detail.status)
  const waits = record.waits_for || (state && state.waits_for)
  const item = { service: service.name, id: record.id, number: detail.number, rev: record.rev, status: detail.status, due: detail.due, waits_for: waits }
  return html`
    <section class=${"panel banner banner--" + ((state && state.tone) || "waiting")} aria-labelledby="how-it-stands">
      <div class="banner__head">
        <h2 id="how-it-stands" class="banner__status"><span class="visually-hidden">${t("status")}${t("colon")}</span><${Status} state=${state} name=${detail.status} large /></h2>
        <dl class="facts">
          <div><dt>${t("number")}</dt><dd class="code">${detail.number}</dd></div>
          ${detail.about && html`<div><dt>${t(detail.about.label)}</dt><dd>${detail.about.service ? html`<a href=${pageOf(service, detail.about.id)}>${t(detail.about.title)}</a>` : t(detail.about.title)}<span class="facts__note">${t(detail.about.note)}</span></dd></div>`}
          ${t(detail.session_title) && html`<div><dt>${t("exam")}</dt><dd>${t(detail.session_title)}</dd></div>`}
          ${record.submitted && html`<div><dt>${t("submitted")}</dt><dd>${moment(record.submitted)}</dd></div>`}
        </dl>
      </div>
      ${record.reply && html`<div class="banner__reply"><p class="banner__label">${t("reply")}</p><p class="prose">${record.reply}</p></div>`}
      ${state && t(state.next) && html`<p class="banner__next"><b>${t("what_next")}${t("colon")}</b>${t(state.next)}</p>`}
      ${t(detail.remedy) && html`<p class="banner__next"><b>${t("remedy")}${t("colon")}</b>${t(detail.remedy)}</p>`}
      ${detail.due && html`<${Due} item=${item} />`}
      <${Actions} ...${{ service, detail, item, reload }} />
      ${(detail.linked || []).length > 0 && html`<div class="actions no-print"><${Linked} list=${detail.linked} services=${services} about=${record.id} number=${detail.number} /></div>`}
      <${Papers} service=${service} detail=${detail} />
    </section>`
}

// Actions are 【修改】 and 【撤回】; one that is not possible says why.
function Actions({ service, detail, item, reload }) {
  const actions = detail.actions || []
  const edit = actions.filter(rewrites).sort((a, b) => b.allowed - a.allowed)[0]
  const withdraw = actions.find((a) => a.action === "withdraw")
  const state = stateOf(service, detail.status)
  if ((!edit && !withdraw) || (state && state.waits_for === "nobody")) return null // closed: nothing to explain
  return html`
    <div class="actions no-print">
      ${edit && edit.allowed && html`<a class="button" href=${`/applications/${service.name}/${detail.record.id}/edit`}><${Icon} name="edit-line" />${t("edit")}</a>`}
      ${withdraw && withdraw.allowed && html`<${Withdraw} item=${item} service=${service} onDone=${reload} />`}
      ${edit && edit.allowed && edit.closes && edit.closes !== detail.due && html`<span class="actions__note">${t("closes", { at: moment(edit.closes) })}</span>`}
    </div>
    ${refusals(edit, withdraw, service.states).map((words) => html`<p class="refused no-print" key=${words}><${Icon} name="information-line" />${words}</p>`)}`
}

// refusals says why an action is not possible, once where the reason is the same.
function refusals(edit, withdraw, states) {
  const names = {}
  for (const [action, key] of [[edit, "edit"], [withdraw, "withdraw"]]) {
    if (!action || action.allowed || !action.problem) continue
    const why = say(action.problem, states)
    names[why] = (names[why] || []).concat(key === "edit" ? t("edit") : t(action.label))
  }
  return Object.keys(names).map((why) => names[why].join(t("separator")) + t("colon") + why)
}

// columnOf is the column that says which choice a row is about, if there is one.
function columnOf(def) {
  const field = def.fields.find((f) => f.type === "choice")
  return def.choice || (field && field.name)
}

// nameOf is what a row is called: "建设工程造价案例分析".
function nameOf(words, def, cells, i) {
  const chosen = columnOf(def)
  const at = (words[def.name] || []).find((w) => chosen && (w.value || w[chosen]) === cells[chosen])
  return at && t(at.label) ? { name: t(at.label), note: t(at.note) } : { name: t("row", { n: i + 1 }), note: "" }
}

const rowsBy = (service, candidate) => (service.rows || []).filter((def) => (def.by === "candidate") === candidate)

// Results are the rows that the authority filled in.
function Results({ service, record, words }) {
  const defs = rowsBy(service, false).filter((def) => (record[def.name] || []).length)
  return defs.map((def) => html`
    <section class="panel" key=${def.name}>
      <h2 class="panel__title">${t(def.label) || t("results")}</h2>
      <${RowList} def=${def} rows=${record[def.name]} words=${Object.assign({ [def.name]: words.items }, words)} />
    </section>`)
}

// Told are the facts that the authority has recorded: carrier, waybill, day.
function Told({ service, record }) {
  const fields = service.fields.filter((f) => f.by !== "candidate" && f.type !== "file" && record[f.name])
  if (!fields.length) return null
  return html`
    <section class="panel">
      <h2 class="panel__title">${t("recorded")}</h2>
      <dl class="facts facts--lines">${fields.map((f) => html`<div key=${f.name}><dt>${labelOf(f)}</dt><dd>${shown(f, record[f.name])}</dd></div>`)}</dl>
      ${record.waybill && html`<p class="panel__note">${t("waybill_where")}</p>`}
    </section>`
}

// Content is what the candidate submitted.
function Content({ service, detail, words }) {
  const { record } = detail
  const defs = rowsBy(service, true).filter((def) => (record[def.name] || []).length)
  const fields = service.fields.filter((f) => f.by === "candidate" && !["file", "json"].includes(f.type) && f.name !== "registration" && asked(f, (name) => record[name]))
  return html`
    <section class="panel">
      <h2 class="panel__title">${t("content")}</h2>
      ${defs.map((def) => html`<h3 class="panel__sub">${t(def.label)}</h3><${RowList} def=${def} rows=${record[def.name]} words=${words} />`)}
      ${fields.length > 0 && html`<dl class="facts facts--lines">
        ${fields.map((f) => html`<div key=${f.name}><dt>${labelOf(f)}</dt><dd>${t((detail.picked || {})[f.name]) || shown(f, record[f.name])}</dd></div>`)}
      </dl>`}
    </section>`
}

function RowList({ def, rows, words }) {
  return html`<ul class="row-list">${rows.map((cells, i) => {
    const { name, note } = nameOf(words, def, cells, i)
    return html`
      <li key=${i}>
        <p class="row-list__name">${name}${note && html`<span class="row-list__note">${note}</span>`}</p>
        <dl class="facts facts--lines">
          ${def.fields.filter((f) => said(f, cells)).map((f) => html`<div key=${f.name}><dt>${labelOf(f)}</dt><dd>${shown(f, cells[f.name])}</dd></div>`)}
        </dl>
      </li>`
  })}</ul>`
}

// said tells if a cell says anything. A score is read only where its mark is normal,
// and a result that changed nothing has none: 0 is a mark, not an absence.
function said(field, cells) {
  const value = cells[field.name]
  if (field.type === "choice" || value === "" || value === null || value === undefined) return false
  if (field.name === "score" || field.name === "flag") {
    if (cells.outcome === "unchanged") return false
    return field.name === "flag" ? value !== "normal" : !cells.flag || cells.flag === "normal"
  }
  return true
}

// shown writes the value of a field for people. Scores are integer tenths.
export function shown(field, value) {
  if (field.type === "bool") return t(value ? "yes" : "no")
  if (value === "" || value === null || value === undefined || (Array.isArray(value) && !value.length)) return html`<span class="faint">${t("none")}</span>`
  if (field.input === "region") return html`<${RegionName} code=${value} />`
  if (field.tenths && typeof value === "number") return (value / 10).toFixed(1)
  if (field.input === "money") return yuan(value)
  if (Array.isArray(value)) return value.map((v) => optionWords(field, v)).join(t("separator"))
  if (field.type === "date" || /^\d{4}-\d\d-\d\d$/.test(value)) return date(value)
  return optionWords(field, value)
}

function optionWords(field, value) {
  const option = (field.options || []).find((o) => o.value === value)
  if (option) return t(option.label)
  const key = `${field.name}_${value}`
  return known(key) ? t(key) : String(value)
}

// Files are links that fetch their short-lived address when they are opened.
function Files({ service, record, words }) {
  const [picture, setPicture] = useState(null)
  const [problem, setProblem] = useState("")
  const slots = service.fields.filter((f) => f.type === "file" && [].concat(record[f.name] || []).filter(Boolean).length)
  if (!slots.length) return null
  const open = (name, label) => async (e) => {
    e.preventDefault()
    try {
      const url = await fileURL(service.name, record.id, name)
      setProblem("")
      if (/\.(jpe?g|png)$/i.test(name)) setPicture({ url, label })
      else location.assign(url)
    } catch (err) {
      setProblem(sentence(err))
    }
  }
  return html`
    <section class="panel">
      <h2 class="panel__title">${t("materials")}</h2>
      ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
      <dl class="facts facts--lines">${slots.map((slot) => html`
        <div key=${slot.name}><dt>${labelOf(slot)}</dt><dd class="file-links">
          ${[].concat(record[slot.name]).map((name, i) => html`<a class="file-link" key=${name} href=${"#" + name} onClick=${open(name, labelOf(slot))} aria-label=${`${t("view_file")} ${labelOf(slot)} ${t("file_n", { n: i + 1 })}`}>
            <${Icon} name=${/\.pdf$/i.test(name) ? "file-pdf-2-line" : "image-line"} />${t("file_n", { n: i + 1 })}</a>`)}
        </dd></div>`)}</dl>
      ${picture && html`<${Dialog} title=${picture.label} onClose=${() => setPicture(null)} wide><img class="picture" src=${picture.url} alt=${picture.label} /><//>`}
    </section>`
}

const people = { candidate: "user-3-line", authority: "government-line", system: "computer-line" }

// Timeline says who did what, when and why; newest first.
function Timeline({ service, detail }) {
  const events = detail.timeline.slice().reverse()
  return html`
    <section class="panel">
      <h2 class="panel__title">${t("timeline")}</h2>
      <ol class="timeline">
        ${events.map((e, i) => {
          const state = stateOf(service, e.to)
          return html`
            <li class=${`timeline__item timeline__item--${(state && state.tone) || "waiting"}${i ? "" : " timeline__item--now"}`} key=${e.at + e.action}>
              <span class="timeline__dot"><${Icon} name=${people[e.who] || people.system} /></span>
              <div class="timeline__body">
                <p class="timeline__what"><b>${t(e.label) || e.action}</b>${e.to && e.to !== e.from && html`<${Status} state=${state} name=${e.to} />`}</p>
                <p class="timeline__who">${t("who_" + e.who)}<span class="timeline__sep" aria-hidden="true">·</span><time>${moment(e.at)}</time></p>
                ${e.reply && html`<p class="timeline__reply prose">${e.reply}</p>`}
              </div>
            </li>`
        })}
      </ol>
    </section>`
}
