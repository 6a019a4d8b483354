import { html, useRef, useState } from "../vendor/preact.mjs"
import { catalog, get, now, save } from "./api.js"
import { milliseconds, moment, say, span, t } from "./i18n.js"
import { Linked } from "./linked.js"
import { useLive } from "./live.js"
import { rewrites } from "./model.js"
import { Dialog, Empty, Failed, Icon, Notice, Skeleton, Status, Title, go, sentence, stateOf, useLoad } from "./ui.js"

const listPath = "/api/portal/applications"
const pageSize = 20
const largest = 100 // what the server gives at once

// Hub is /services: what can be done, and what waits.
export function Hub() {
  const services = useLoad(catalog, "catalog")
  const mine = useLoad(() => get(listPath, { limit: largest }), "mine")
  const items = (mine.value && mine.value.items) || []
  useLive(open(items, services.value), mine.reload)
  if (services.error) return html`<${Failed} error=${services.error} retry=${services.reload} />`
  if (!services.value) return html`<${Skeleton} title=${t("services")} lines=${4} />`
  return html`
    <${Title} aside=${html`<a class="button button--second" href="/applications"><${Icon} name="search-eye-line" />${t("query")}</a>`}>${t("services")}<//>
    <p class="lead">${t("services_intro")}</p>
    ${!services.value.length && html`<${Empty} icon="time-line" title=${t("no_services")} text=${t("no_services_text")} />`}
    <ul class="cards">
      ${entries(services.value).map((e) => html`<li key=${e.path}><${Entry} entry=${e} items=${items.filter((i) => e.services.includes(i.service))} /></li>`)}
    </ul>`
}

// entries are the cards of the hub. Businesses that share a menu share its card.
function entries(services) {
  const list = []
  for (const s of services) {
    const menu = (s.about && s.about.menu) || { path: "/services/" + s.name, title: t(s.menu) ? s.menu : s.title, intro: s.intro, icon: s.icon }
    const known = list.find((e) => e.path === menu.path)
    if (known) known.services.push(s.name)
    else list.push(Object.assign({ services: [s.name] }, menu))
  }
  return list
}

// open are the applications that may still change.
function open(items, services) {
  return items.filter((item) => {
    const state = stateOf((services || []).find((s) => s.name === item.service), item.status)
    return !state || state.waits_for !== "nobody"
  })
}

function Entry({ entry, items }) {
  const note = waiting(items)
  return html`
    <a class="card" href=${entry.path}>
      <span class="card__icon"><${Icon} name=${entry.icon} /></span>
      <span class="card__body">
        <span class="card__name">${t(entry.title)}</span>
        <span class="card__line">${t(entry.intro)}</span>
        ${note && html`<span class=${"card__note" + (note.act ? " card__note--act" : "")}>${note.text}</span>`}
      </span>
      <${Icon} name="arrow-right-s-line" class="card__arrow" />
    </a>`
}

// waiting says in one line what a business waits for: first what the candidate has to do.
function waiting(items) {
  const act = items.filter((i) => i.waits_for === "candidate")
  if (act.length) {
    const due = act.map((i) => i.due).filter(Boolean).sort()[0]
    const key = act.every((i) => i.status === "returned") ? "waiting_returned" : "waiting_you"
    const left = due ? t("comma") + t("left_in", { time: span(Math.max(0, milliseconds(due) - now()), true) }) : ""
    return { act: true, text: t(key, { n: act.length }) + left }
  }
  const busy = items.filter((i) => i.waits_for === "authority").length
  return busy ? { text: t("in_progress", { n: busy }) } : null
}

// Business is /services/{name}: my applications of one business.
export function Business({ service: name }) {
  const services = useLoad(catalog, "catalog")
  const list = useApplications({ service: name })
  const standing = useLoad(() => get(`/api/portal/services/${name}/standing`).catch(() => ({})), "standing " + name)
  const service = (services.value || []).find((s) => s.name === name)
  const failed = services.error || list.error
  if (failed) return html`<${Failed} error=${failed} retry=${() => { services.reload(); list.reload() }} />`
  if (!services.value) return html`<${Skeleton} lines=${3} />`
  if (!service) return html`<${Title}>${t("not_found")}<//><${Empty} icon="file-search-line" title=${t("service_unknown")}><a class="button" href="/services">${t("to_services")}</a><//>`
  const menu = service.about && service.about.menu
  const concern = service.few && standing.value
  const stranger = !!(concern && concern.problem)
  const apply = !stranger && html`<a class="button" href=${menu ? menu.path : `/services/${name}/new`}><${Icon} name="add-line" />${t(service.apply)}</a>`
  return html`
    <${Title} back=${{ href: "/services", text: t("services") }} aside=${apply}>${t(service.title)}<//>
    <p class="lead">${t(service.intro)}</p>
    ${stranger && html`<${Notice} tone="info">${say(concern.problem)}<//>`}
    ${concern && t(concern.note) && html`<${Notice} title=${t("on_record")}><p class="prose">${t(concern.note)}</p><//>`}
    <h2 class="section-title">${t("my_applications")}</h2>
    <${Applications} list=${list} services=${services.value}
      empty=${html`<${Empty} icon=${service.icon} title=${t("empty_service", { service: t(service.title) })} text=${stranger ? "" : t("empty_service_text")} />`} />`
}

// useApplications loads a list of applications, page after page.
function useApplications(query) {
  const shown = useRef(0)
  const load = () => get(listPath, Object.assign({ limit: Math.min(largest, Math.max(pageSize, shown.current)) }, query))
  const list = useLoad(load, JSON.stringify(query))
  const items = list.value ? list.value.items : []
  shown.current = items.length
  const more = async () => {
    const page = await get(listPath, Object.assign({ limit: pageSize, after: list.value.next }, query))
    list.set({ items: items.concat(page.items), next: page.next })
  }
  return { items, loaded: !!list.value, next: list.value && list.value.next, error: list.error, reload: list.reload, more }
}

// Applications draws a list that keeps itself up to date.
function Applications({ list, services, empty, across }) {
  const [problem, setProblem] = useState("")
  useLive(open(list.items, services), list.reload)
  if (!list.loaded) return html`<${Skeleton} lines=${3} />`
  if (!list.items.length) return empty
  const more = () => list.more().then(() => setProblem(""), (err) => setProblem(sentence(err)))
  return html`
    ${across && html`<h2 class="visually-hidden">${t("my_applications")}</h2>`}
    <ul class="applications">
      ${list.items.map((item) => html`<li key=${item.id}><${Application} item=${item} service=${services.find((s) => s.name === item.service)} services=${services} across=${across} reload=${list.reload} /></li>`)}
    </ul>
    ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
    <div class="list-foot">
      ${across && html`<span>${t("found", { n: list.items.length })}</span>`}
      ${list.next && html`<button type="button" class="button button--second" onClick=${more}>${t("more")}</button>`}
    </div>`
}

// Application is one row: what, in which state, until when, and what can be done.
function Application({ item, service, services, across, reload }) {
  const state = stateOf(service, item.status)
  const path = `/applications/${item.service}/${item.id}`
  return html`
    <article class="application" aria-label=${item.number}>
      <div class="application__head">
        <h3 class="application__title"><a href=${path}>${across && service ? t(service.title) : t(item.session_title) || item.number}</a></h3>
        <${Status} state=${state} name=${item.status} />
      </div>
      ${across && html`<p class="application__exam">${t(item.session_title)}</p>`}
      ${item.reply && html`<p class="application__reply"><b>${t("reply")}${t("colon")}</b>${item.reply}</p>`}
      <div class="application__foot">
        <div class="application__facts">
          <dl class="facts">
            <div><dt>${t("number")}</dt><dd class="code">${item.number}</dd></div>
            <div><dt>${t("submitted")}</dt><dd>${moment(item.submitted)}</dd></div>
            <div><dt>${t("updated")}</dt><dd>${moment(item.updated)}</dd></div>
          </dl>
          <${Due} item=${item} />
        </div>
        <div class="actions">
          ${hasEdit(service, item) && html`<a class="button button--small" href=${path + "/edit"} aria-label=${t("edit") + " " + item.number}>${t("edit")}</a>`}
          <a class="button button--second button--small" href=${path} aria-label=${t("details") + " " + item.number}>${t("details")}</a>
          ${(item.actions || []).includes("withdraw") && html`<${Withdraw} item=${item} service=${service} onDone=${reload} small />`}
          <${Linked} list=${item.linked} services=${services} about=${item.id} number=${item.number} small />
        </div>
      </div>
    </article>`
}

function hasEdit(service, item) {
  return (item.actions || []).some((name) => rewrites((service && service.transitions.find((x) => x.action === name)) || {}))
}

// Due says by when somebody has to act, and how long that is from the server's now.
export function Due({ item }) {
  if (!item.due || (item.waits_for !== "candidate" && item.waits_for !== "authority")) return null
  const left = milliseconds(item.due) - now()
  const act = item.waits_for === "candidate"
  return html`
    <p class=${"due" + (act ? " due--act" : "")}><${Icon} name="timer-line" />
      <span>${t(act ? "act_before" : "expected_by", { at: moment(item.due) })}${(left > 0 || act) && t("comma")}<b>${left > 0 ? t("time_left", { time: span(left) }) : act ? t("time_over") : ""}</b></span>
    </p>`
}

// Withdraw is the button 【撤回】 with its question.
export function Withdraw({ item, service, onDone, small, label }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState("")
  const move = service && service.transitions.find((x) => x.action === "withdraw" && x.from.includes(item.status))
  const close = () => { setAsking(false); setProblem("") }
  const words = label || (move ? t(move.label) : t("withdraw"))
  async function withdraw() {
    if (busy) return
    setBusy(true)
    try {
      await save(item.service, item.id, { rev: item.rev, status: move ? move.to : "withdrawn" }, [])
      close()
      onDone()
    } catch (err) {
      setProblem(sentence(err, service && service.states))
      if (err.status === 409) onDone()
    }
    setBusy(false)
  }
  return html`
    <button type="button" class=${"button button--quiet" + (small ? " button--small" : "")} aria-label=${words + " " + item.number} onClick=${() => setAsking(true)}>${words}</button>
    ${asking && html`
      <${Dialog} title=${t("withdraw_title", { move: words })} onClose=${close}>
        <p>${(move && t(move.confirm)) || t("withdraw_text")}</p>
        <p class="code">${item.number}</p>
        ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
        <div class="actions actions--end">
          <button type="button" class="button button--second" onClick=${close}>${t("cancel")}</button>
          <button type="button" class="button" aria-disabled=${busy ? "true" : undefined} onClick=${withdraw}>${words}</button>
        </div>
      <//>`}`
}

const filterNames = ["service", "status", "session", "from", "to"]

// Query is /applications, 业务查询: everything that I applied for, in one list.
export function Query() {
  const query = {}
  const params = new URLSearchParams(location.search)
  for (const name of filterNames) if (params.get(name)) query[name] = params.get(name)
  const services = useLoad(catalog, "catalog")
  const list = useApplications(query)
  const failed = services.error || list.error
  if (failed) return html`<${Failed} error=${failed} retry=${() => { services.reload(); list.reload() }} />`
  const filtered = Object.keys(query).length > 0
  const empty = filtered
    ? html`<${Empty} icon="filter-3-line" title=${t("empty_filtered")} text=${t("empty_filtered_text")} />`
    : html`<${Empty} title=${t("empty_query")} text=${t("empty_query_text")}><a class="button" href="/services">${t("services")}</a><//>`
  return html`
    <${Title}>${t("query")}<//>
    <${Filters} query=${query} services=${services.value || []} items=${list.items} filtered=${filtered} />
    <${Applications} list=${list} services=${services.value || []} across empty=${empty} />`
}

function Filters({ query, services, items, filtered }) {
  const exams = useRef({})
  for (const item of items) if (item.session) exams.current[item.session] = item.session_title
  const chosen = query.service ? services.filter((s) => s.name === query.service) : services
  const submit = (event) => {
    event.preventDefault()
    const search = new URLSearchParams()
    for (const name of filterNames) if (event.target.elements[name].value) search.set(name, event.target.elements[name].value)
    go("/applications" + (String(search) ? "?" + search : ""), { stay: true })
  }
  return html`
    <details class="filters" open=${filtered || matchMedia("(min-width: 900px)").matches}>
      <summary><${Icon} name="filter-3-line" />${t("filters")}</summary>
      <form class="filters__form" onSubmit=${submit} key=${JSON.stringify(query)}>
        <${Choice} name="service" value=${query.service} options=${services.map((s) => [s.name, t(s.title)])} />
        <${Choice} name="status" value=${query.status} options=${statusOptions(chosen)} />
        <${Choice} name="session" label="exam" value=${query.session} options=${Object.keys(exams.current).map((id) => [id, t(exams.current[id])])} />
        <div class="field"><label class="field__label" for="from">${t("date_from")}</label><input type="date" id="from" name="from" defaultValue=${query.from} /></div>
        <div class="field"><label class="field__label" for="to">${t("date_to")}</label><input type="date" id="to" name="to" defaultValue=${query.to} /></div>
        <div class="actions">
          <button class="button">${t("apply_filter")}</button>
          ${filtered && html`<a class="button button--quiet" href="/applications">${t("clear_filter")}</a>`}
        </div>
      </form>
    </details>`
}

// statusOptions are the states of the businesses, one for each identifier.
function statusOptions(services) {
  const titles = {}
  for (const s of services) for (const state of s.states) titles[state.name] = titles[state.name] || t(state.title)
  return Object.keys(titles).map((name) => [name, titles[name]])
}

function Choice({ name, label, value, options }) {
  return html`
    <div class="field"><label class="field__label" for=${name}>${t(label || name)}</label>
      <select id=${name} name=${name}>
        <option value="">${t("all")}</option>
        ${options.map(([v, words]) => html`<option value=${v} selected=${v === value}>${words}</option>`)}
      </select>
    </div>`
}
