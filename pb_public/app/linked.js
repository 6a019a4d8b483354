import { html } from "../vendor/preact.mjs"
import { say, t } from "./i18n.js"
import { Icon } from "./ui.js"

// Linked are the buttons to what an application leads to in another business: to make
// one, why that is not possible, or to see the one that was made.
export function Linked({ list, services, about, number, small }) {
  return (list || []).map((l) => html`<${One} key=${l.service} ...${{ l, services, about, number, small }} />`)
}

function One({ l, services, about, number, small }) {
  const size = small ? " button--small" : ""
  const made = l.applications[0]
  if (made) return html`<a class=${"button button--second" + size} href=${`/applications/${l.service}/${made.id}`} aria-label=${`${t(l.see)} ${made.number}`}>${t(l.see)}</a>`
  if (l.problem) return html`<p class="refused"><${Icon} name="information-line" />${t(l.apply)}${t("colon")}${say(l.problem)}</p>`
  const service = services.find((s) => s.name === l.service)
  const column = service ? service.about.column : "about"
  return html`<a class=${"button" + size} href=${`/services/${l.service}/new?${column}=${about}`} aria-label=${`${t(l.apply)} ${number}`}>${t(l.apply)}</a>`
}
