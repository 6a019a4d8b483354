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
  const service = services.find((s) => s.name === l.service)
  const made = l.applications[0]
  const see = (href, name) => html`<a class=${"button button--second" + size} href=${href} aria-label=${`${t(l.see)} ${name}`}>${t(l.see)}</a>`
  if (made && !l.about) return see(`/applications/${l.service}/${made.id}`, made.number)
  const column = service ? service.about.column : "about"
  const apply = html`<a class=${"button" + size} href=${`/services/${l.service}/new?${column}=${l.about || about}`} aria-label=${`${t(l.apply)} ${number}`}>${t(l.apply)}</a>`
  if (made) return [!l.problem && apply, see(`${service.about.menu.path}/${l.about}/${l.service}`, number)]
  if (l.problem) return html`<p class="refused"><${Icon} name="information-line" />${t(l.apply)}${t("colon")}${say(l.problem)}</p>`
  return apply
}
