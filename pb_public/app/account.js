import { html, useState } from "../vendor/preact.mjs"
import { catalog, get, me, post } from "./api.js"
import { known, lang, moment, setLang, store, stored, t } from "./i18n.js"
import { Empty, Failed, Icon, Notice, Skeleton, Status, Title, sentence, stateOf, useLoad } from "./ui.js"

const path = "/api/portal/notifications"

// Messages is /messages: what happened to my applications.
export function Messages() {
  const [problem, setProblem] = useState("")
  const services = useLoad(catalog, "catalog")
  const list = useLoad(() => get(path, { limit: 30 }), "messages")
  if (list.error) return html`<${Failed} error=${list.error} retry=${list.reload} />`
  if (!list.value) return html`<${Skeleton} title=${t("messages")} lines=${3} />`
  const { items, unread, next } = list.value
  const fail = (err) => setProblem(sentence(err))
  const read = (ids) => post(path + "/read", ids ? { ids } : { all: true }).then(() => {
    list.set({ items: items.map((i) => (!ids || ids.includes(i.id) ? Object.assign({}, i, { read: i.read || "now" }) : i)), unread: ids ? Math.max(0, unread - ids.length) : 0, next })
    dispatchEvent(new Event("applications-changed"))
  }, fail)
  const more = () => get(path, { limit: 30, after: next }).then((page) => list.set({ items: items.concat(page.items), unread: page.unread, next: page.next }), fail)
  return html`
    <${Title} aside=${unread > 0 && html`<button type="button" class="button button--second" onClick=${() => read()}>${t("mark_all")}</button>`}>${t("messages")}<//>
    ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
    ${!items.length && html`<${Empty} icon="notification-3-line" title=${t("empty_messages")} text=${t("empty_messages_text")} />`}
    <ul class="messages">
      ${items.map((item) => html`<li key=${item.id}><${Message} item=${item} service=${(services.value || []).find((s) => s.name === item.service)} onRead=${() => item.read || read([item.id])} /></li>`)}
    </ul>
    ${next && html`<div class="list-foot"><button type="button" class="button button--second" onClick=${more}>${t("more")}</button></div>`}`
}

function Message({ item, service, onRead }) {
  return html`
    <a class=${"message" + (item.read ? "" : " message--new")} href=${item.link} onClick=${onRead}>
      <span class="message__head">
        <span class="message__title">${t(item.title)}${!item.read && html`<span class="tag">${t("new_message")}</span>`}</span>
        ${service && html`<${Status} state=${stateOf(service, item.status)} name=${item.status} />`}
      </span>
      <span class="message__text">${t(item.text)}</span>
      <span class="message__foot"><span class="code">${item.number}</span><time>${moment(item.at)}</time></span>
    </a>`
}

// Me is /me: who is logged in, how the pages look, and the way out.
export function Me({ onLogout, onChange }) {
  const record = me() || {}
  const [elder, setElder] = useState(stored("elder") === "1")
  const switchElder = () => {
    setElder(!elder)
    store("elder", elder ? null : "1")
    document.documentElement.classList.toggle("elder", !elder)
  }
  const switchLang = (event) => {
    setLang(event.target.value)
    onChange()
  }
  return html`
    <${Title}>${t("me")}<//>
    <section class="panel" aria-labelledby="my-data">
      <h2 id="my-data" class="panel__title">${t("my_data")}</h2>
      <dl class="facts facts--lines">
        <div><dt>${t("name")}</dt><dd class="name">${record.name}</dd></div>
        <div><dt>${t("username")}</dt><dd>${record.username}</dd></div>
        ${known("id_type_" + record.id_type) && html`<div><dt>${t("id_type")}</dt><dd>${t("id_type_" + record.id_type)}</dd></div>`}
        <div><dt>${t("id_number")}</dt><dd class="code">${record.id_number}</dd></div>
        <div><dt>${t("mobile")}</dt><dd class="code">${record.mobile || t("none")}</dd></div>
      </dl>
      <p class="panel__note">${t("my_data_text")}</p>
    </section>
    <section class="panel" aria-labelledby="settings">
      <h2 id="settings" class="panel__title">${t("settings")}</h2>
      <div class="setting">
        <label for="lang">${t("language")}</label>
        <select id="lang" onChange=${switchLang} value=${lang()}><option value="zh">中文</option><option value="en">English</option></select>
      </div>
      <div class="setting">
        <span><span id="elder-label">${t("elder")}</span><span class="setting__text" id="elder-text">${t("elder_text")}</span></span>
        <button type="button" class="switch" role="switch" aria-checked=${elder ? "true" : "false"} aria-labelledby="elder-label" aria-describedby="elder-text" onClick=${switchElder}><span class="switch__knob"></span></button>
      </div>
    </section>
    <nav class="panel panel--links" aria-label=${t("me")}>
      <a class="row-link" href="/messages"><${Icon} name="notification-3-line" />${t("messages")}<${Icon} name="arrow-right-s-line" class="row-link__arrow" /></a>
      <a class="row-link" href=${lang() === "en" ? "/help?lang=en" : "/help"}><${Icon} name="question-line" />${t("help")}<${Icon} name="arrow-right-s-line" class="row-link__arrow" /></a>
    </nav>
    <div class="actions"><button type="button" class="button button--second button--wide" onClick=${onLogout}><${Icon} name="logout-box-r-line" />${t("logout")}</button></div>`
}
