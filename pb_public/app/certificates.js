import { html, useEffect, useState } from "../vendor/preact.mjs"
import { get } from "./api.js"
import { Copies } from "./copies.js"
import { date, known, moment, say, t } from "./i18n.js"
import { Empty, Failed, Icon, Skeleton, Status, Title, useLoad } from "./ui.js"

const path = "/api/portal/certificates/mine"

// here is the page of a certificate.
export const here = (id) => "/my/certificates/" + id

const tones = { valid: "done", replaced: "void", revoked: "failed", cancelled: "void" }

// CertificateStatus says whether a certificate is in force.
export const CertificateStatus = ({ status, large }) => html`<${Status} state=${{ title: t("cert_" + status), tone: tones[status] }} name=${status} large=${large} />`

// where says where the paper is; an electronic certificate has none, and that of a
// void one is handed out no more.
const where = (c) => {
  if (c.status !== "valid" && !["collected", "shipped"].includes(c.distribution)) return t("paper_void")
  return c.distribution ? t("paper_" + c.distribution) : t(c.medium === "electronic" ? "paper_none" : "paper_making")
}

const useWide = () => {
  const query = "(min-width: 1100px)"
  const [wide, setWide] = useState(matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const change = () => setWide(list.matches)
    list.addEventListener("change", change)
    return () => list.removeEventListener("change", change)
  }, [])
  return wide
}

// Certificates is /my/certificates, 证书管理: all that I hold.
export function Certificates() {
  const wide = useWide()
  const list = useLoad(() => get(path), "certificates")
  if (list.error) return html`<${Failed} error=${list.error} retry=${list.reload} />`
  if (!list.value) return html`<${Skeleton} title=${t("my_certificates")} lines=${4} />`
  const items = list.value.items
  return html`
    <${Title} back=${{ href: "/services", text: t("services") }}>${t("my_certificates")}<//>
    <p class="lead">${t("my_certificates_text")}</p>
    ${!items.length && html`<${Empty} icon="award-line" title=${t("no_certificates")} text=${t("no_certificates_text")}><a class="button button--second" href="/services">${t("to_services")}</a><//>`}
    ${items.length > 0 && (wide ? html`<${Table} items=${items} />` : html`<ul class="applications">${items.map((c) => html`<li key=${c.id}><${Card} c=${c} /></li>`)}</ul>`)}`
}

function Table({ items }) {
  return html`
    <div class="sheet">
      <table class="table">
        <caption class="visually-hidden">${t("my_certificates")}</caption>
        <thead><tr>${["cert_title", "level", "specialty", "approve_date", "cert_number", "medium", "distribution", "cert_status", "actions"].map((key) => html`<th scope="col" key=${key}>${t(key)}</th>`)}</tr></thead>
        <tbody>${items.map((c) => html`
          <tr key=${c.id}>
            <th scope="row"><a href=${here(c.id)}>${c.title}</a>${c.reissue_no > 0 && html`<span class="tag">${t("reissued")}</span>`}</th>
            <td>${c.level || "—"}</td><td>${c.specialty || "—"}</td><td class="table__date">${c.approve_date}</td><td class="code table__number">${c.number}</td>
            <td>${t("medium_" + c.medium)}</td><td>${where(c)}</td><td><${CertificateStatus} status=${c.status} /></td>
            <td><${Deeds} c=${c} stacked /></td>
          </tr>`)}</tbody>
      </table>
    </div>`
}

function Card({ c }) {
  return html`
    <article class="application" aria-labelledby=${"certificate-" + c.id}>
      <div class="application__head">
        <h2 class="application__title certificate__title" id=${"certificate-" + c.id}><a href=${here(c.id)}>${c.title}</a>${c.reissue_no > 0 && html`<span class="tag">${t("reissued")}</span>`}</h2>
        <${CertificateStatus} status=${c.status} />
      </div>
      <dl class="facts">
        ${c.level && html`<div><dt>${t("level")}</dt><dd>${c.level}</dd></div>`}
        ${c.specialty && html`<div><dt>${t("specialty")}</dt><dd>${c.specialty}</dd></div>`}
        <div><dt>${t("approve_date")}</dt><dd>${date(c.approve_date)}</dd></div>
        <div><dt>${t("cert_number")}</dt><dd class="code">${c.number}</dd></div>
        <div><dt>${t("medium")}</dt><dd>${t("medium_" + c.medium)}</dd></div>
        <div><dt>${t("distribution")}</dt><dd>${where(c)}</dd></div>
      </dl>
      <${Deeds} c=${c} />
    </article>`
}

// Deeds are what can be done with a certificate; what cannot says why.
function Deeds({ c, stacked }) {
  const one = stacked ? "deed" : "button button--second button--small"
  const mail = c.services.mailings
  const label = (key) => `${t(key)} ${c.title} ${c.number}`
  return html`
    <div class=${stacked ? "deeds" : "actions certificate__deeds"}>
      ${mail && !mail.problem && html`<a class=${stacked ? one : "button button--small"} href=${`/services/mailings/new?certificate=${c.id}`} aria-label=${`${t(mail.apply)} ${c.title} ${c.number}`}>${t(mail.apply)}</a>`}
      ${mail && mail.applications.length > 0 && html`<a class=${one} href=${here(c.id) + "/mailings"} aria-label=${label("see_mailings")}>${t("see_mailings")}</a>`}
      <a class=${one} href=${here(c.id)} aria-label=${label("cert_details")}>${t("cert_details")}</a>
    </div>
    ${mail && mail.problem && !mail.applications.length && html`<p class="refused"><${Icon} name="information-line" /><span>${say(mail.problem)}</span></p>`}`
}

// Certificate is /my/certificates/{id}, 证书详情.
export function Certificate({ id }) {
  const page = useLoad(() => get(path + "/" + id), id)
  if (page.error) return html`<${Failed} error=${page.error} retry=${page.reload} />`
  if (!page.value) return html`<${Skeleton} lines=${6} />`
  const c = page.value
  return html`
    <${Title} back=${{ href: "/my/certificates", text: t("my_certificates") }}>${c.title}<//>
    <${Standing} c=${c} />
    <${Copies} c=${c} reload=${page.reload} />
    <${Paper} c=${c} />
    <${Printed} c=${c} />
    <${History} c=${c} />`
}

// Standing says whether the certificate is in force, and if not, why and since when.
function Standing({ c }) {
  return html`
    <section class=${"panel banner banner--" + (tones[c.status] || "void")} aria-labelledby="standing">
      <h2 id="standing" class="banner__status"><span class="visually-hidden">${t("cert_status")}${t("colon")}</span><${CertificateStatus} status=${c.status} large /></h2>
      <dl class="facts">
        <div><dt>${t("name")}</dt><dd class="name">${c.name}</dd></div>
        <div><dt>${t("cert_number")}</dt><dd class="code">${c.number}</dd></div>
        <div><dt>${t("approve_date")}</dt><dd>${date(c.approve_date)}</dd></div>
      </dl>
      <p class="banner__next">${t("standing_" + c.status)}${c.replaced_by && html` <a href=${here(c.replaced_by)}>${t("see_new")}</a>`}</p>
      ${c.voided && html`<p>${t("voided_at", { at: moment(c.voided) })}</p>`}
      ${c.void_reason && html`<p>${t("void_reason")}${t("colon")}${c.void_reason}${c.void_document && ` (${c.void_document})`}</p>`}
    </section>`
}

// Paper says where the paper is and how to get it.
function Paper({ c }) {
  if (c.medium === "electronic" || c.status !== "valid") return null
  const mail = c.services.mailings
  return html`
    <section class="panel" aria-labelledby="paper">
      <h2 id="paper" class="panel__title">${t("paper")}</h2>
      <p><b>${where(c)}</b></p>
      <p>${t("paper_text_" + (c.distribution || "making"))}</p>
      ${mail && html`
        <div class="actions certificate__deeds">
          ${!mail.problem && html`<a class="button" href=${`/services/mailings/new?certificate=${c.id}`}><${Icon} name="mail-send-line" />${t(mail.apply)}</a>`}
          ${mail.applications.length > 0 && html`<a class="button button--second" href=${here(c.id) + "/mailings"}>${t("see_mailings")}</a>`}
          ${!mail.problem && mail.closes && html`<span class="actions__note">${t("deadline", { at: moment(mail.closes) })}</span>`}
        </div>
        ${mail.problem && html`<p class="refused"><${Icon} name="information-line" /><span>${t("why_no_mail")}${t("colon")}${say(mail.problem)}</span></p>`}`}
    </section>`
}

// Printed is what stands on the certificate.
function Printed({ c }) {
  const lines = [
    ["name", c.name, "name"], ["id_type", known("id_type_" + c.id_type) ? t("id_type_" + c.id_type) : ""], ["id_number", c.id_number, "code"],
    ["gender", c.gender && t("gender_" + c.gender)], ["birth_date", c.birth_date && date(c.birth_date)],
    ["cert_title", c.title], ["level", c.level], ["specialty", c.specialty], ["approve_date", date(c.approve_date)],
    ["cert_number", c.number, "code"], ["print_no", c.print_no, "code"], ["issuer", c.issuer], ["medium", t("medium_" + c.medium)],
    ["reissue_date", c.reissue_date && date(c.reissue_date)],
  ].filter(([, value]) => value)
  return html`
    <section class="panel" aria-labelledby="printed">
      <h2 id="printed" class="panel__title">${t("printed")}</h2>
      <dl class="facts facts--lines">${lines.map(([key, value, kind]) => html`<div key=${key}><dt>${t(key)}</dt><dd class=${kind}>${value}</dd></div>`)}</dl>
      <p class="panel__note">${t("printed_text")}</p>
      <p class="panel__note">${t("cert_searches", { n: c.searches })}</p>
    </section>`
}

const happened = (e) => {
  if (e.kind === "distributed" && known("paper_" + e.to)) return t("event_distributed") + t("colon") + t("paper_" + e.to)
  return known("event_" + e.kind) ? t("event_" + e.kind) : e.kind
}

const people = { candidate: "user-3-line", authority: "government-line", system: "computer-line" }

function History({ c }) {
  if (!c.history.length) return null
  return html`
    <section class="panel" aria-labelledby="history">
      <h2 id="history" class="panel__title">${t("cert_history")}</h2>
      <ol class="timeline">${c.history.map((e, i) => html`
        <li class=${"timeline__item" + (i ? "" : " timeline__item--now")} key=${e.at + e.kind + i}>
          <span class="timeline__dot"><${Icon} name=${people[e.who] || people.system} /></span>
          <div class="timeline__body">
            <p class="timeline__what"><b>${happened(e)}</b></p>
            <p class="timeline__who">${t("who_" + e.who)}<span class="timeline__sep" aria-hidden="true">·</span><time>${moment(e.at)}</time></p>
          </div>
        </li>`)}</ol>
    </section>`
}
