import { html } from "../vendor/preact.mjs"
import { catalog, get, pb } from "./api.js"
import { here } from "./certificates.js"
import { shown } from "./detail.js"
import { moment, say, t } from "./i18n.js"
import { labelOf } from "./inputs.js"
import { Due, Withdraw } from "./lists.js"
import { useLive } from "./live.js"
import { RegionName } from "./region.js"
import { Empty, Failed, Icon, Skeleton, Status, Title, stateOf, useLoad } from "./ui.js"

// Mailings is /my/certificates/{id}/mailings, 查看邮寄信息: every request about one
// certificate, those that are over as well.
export function Mailings({ id }) {
  const load = async () => {
    const [services, certificate, list] = await Promise.all([
      catalog(), get("/api/portal/certificates/mine/" + id),
      pb.collection("mailings").getFullList({ filter: pb.filter("certificate = {:id}", { id }), sort: "-created" }),
    ])
    return { service: services.find((s) => s.name === "mailings"), certificate, list }
  }
  const page = useLoad(load, id)
  const { service, certificate, list } = page.value || { list: [] }
  useLive(list.filter((r) => r.waits_for !== "nobody").map((r) => ({ service: "mailings", id: r.id })), page.reload)
  if (page.error) return html`<${Failed} error=${page.error} retry=${page.reload} />`
  if (!page.value) return html`<${Skeleton} title=${t("mailing_info")} lines=${4} />`
  const may = certificate.services.mailings
  const actions = (r) => (may.applications.find((a) => a.id === r.id) || { actions: [] }).actions
  return html`
    <${Title} back=${{ href: here(id), text: certificate.title }} aside=${!may.problem && html`<a class="button" href=${`/services/mailings/new?certificate=${id}`}>${t(may.apply)}</a>`}>${t("mailing_info")}<//>
    <p class="lead">${certificate.title}${t("comma")}${t("cert_number")} <span class="code">${certificate.number}</span></p>
    ${may.problem && may.problem.code !== "mail_already" && html`<p class="refused"><${Icon} name="information-line" /><span>${say(may.problem)}</span></p>`}
    ${!list.length && html`<${Empty} icon="mail-send-line" title=${t("no_mailings")} text=${may.problem ? say(may.problem) : t("no_mailings_text")} />`}
    <ul class="applications">${list.map((r) => html`<li key=${r.id}><${Mailing} r=${r} service=${service} actions=${actions(r)} reissued=${certificate.reissue_no > 0} reload=${page.reload} /></li>`)}</ul>`
}

function Mailing({ r, service, actions, reissued, reload }) {
  const state = stateOf(service, r.status)
  const field = (name) => service.fields.find((f) => f.name === name)
  const path = "/applications/mailings/" + r.id
  return html`
    <article class="application" aria-labelledby=${"mailing-" + r.id}>
      <div class="application__head">
        <h2 class="application__title certificate__title code" id=${"mailing-" + r.id}><a href=${path}>${r.number}</a></h2>
        <${Status} state=${state} name=${r.status} />
      </div>
      ${r.reply && html`<p class="application__reply"><b>${t("reply")}${t("colon")}</b>${r.reply}</p>`}
      ${state && t(state.next) && html`<p class="mailing__next">${t(state.next)}</p>`}
      <dl class="facts facts--lines">
        <div><dt>${labelOf(field("recipient"))}</dt><dd>${r.recipient}${r.proxy && html`<span class="facts__note">${t("by_proxy")}${t("colon")}${shown(field("relation"), r.relation)}</span>`}</dd></div>
        <div><dt>${labelOf(field("mobile"))}</dt><dd class="code">${r.mobile}${r.phone && html`<span class="facts__note">${labelOf(field("phone"))} ${r.phone}</span>`}</dd></div>
        ${r.method && html`<div><dt>${labelOf(field("method"))}</dt><dd>${shown(field("method"), r.method)}${r.pickup_code && html`<span class="facts__note">${labelOf(field("pickup_code"))} <b class="code">${r.pickup_code}</b></span>`}</dd></div>`}
        ${r.region && html`<div><dt>${t("mailing_address")}</dt><dd><${RegionName} code=${r.region} /> ${r.address}${r.postcode && html`<span class="facts__note">${labelOf(field("postcode"))} ${r.postcode}</span>`}</dd></div>`}
        ${r.waybill && html`<div><dt>${labelOf(field("waybill"))}</dt><dd><span class="code">${r.waybill}</span><span class="facts__note">${shown(field("carrier"), r.carrier)}${t("comma")}${t("waybill_where")}</span></dd></div>`}
        ${r.delivered_on && html`<div><dt>${labelOf(field("delivered_on"))}</dt><dd>${shown(field("delivered_on"), r.delivered_on)}</dd></div>`}
        <div><dt>${t("submitted")}</dt><dd>${moment(r.submitted)}</dd></div>
      </dl>
      <${Due} item=${r} />
      <div class="actions certificate__deeds">
        ${actions.includes("edit") && html`<a class="button button--small" href=${path + "/edit"} aria-label=${t("edit") + " " + r.number}>${t("edit")}</a>`}
        ${actions.includes("withdraw") && html`<${Withdraw} item=${Object.assign({ service: "mailings" }, { id: r.id, number: r.number, rev: r.rev, status: r.status })} service=${service} onDone=${reload} label=${reissued ? t("cancel_mailing") : ""} small />`}
        <a class="button button--second button--small" href=${path} aria-label=${t("details") + " " + r.number}>${t("details")}</a>
      </div>
    </article>`
}
