import { html, render, useEffect, useReducer, useState } from "../vendor/preact.mjs"
import { get, me, pb } from "./api.js"
import { Me, Messages } from "./account.js"
import { Certificate, Certificates } from "./certificates.js"
import { Detail } from "./detail.js"
import { EditForm, NewForm } from "./form.js"
import { lang, mark, publicPage, setLang, stored, t } from "./i18n.js"
import { Business, Hub, Query } from "./lists.js"
import { Mailings } from "./mailings.js"
import { LoginPage, Session, wanted } from "./session.js"
import { Announcer, Empty, Icon, Title, go } from "./ui.js"

const routes = [
  [/^\/services$/, () => html`<${Hub} />`],
  [/^\/services\/(\w+)$/, (service) => html`<${Business} service=${service} key=${service} />`],
  [/^\/services\/(\w+)\/new$/, (service) => html`<${NewForm} service=${service} key=${service} />`],
  [/^\/applications$/, () => html`<${Query} />`],
  [/^\/applications\/(\w+)\/(\w+)$/, (service, id) => html`<${Detail} service=${service} id=${id} key=${id} />`],
  [/^\/applications\/(\w+)\/(\w+)\/edit$/, (service, id) => html`<${EditForm} service=${service} id=${id} key=${id} />`],
  [/^\/my\/certificates$/, () => html`<${Certificates} />`],
  [/^\/my\/certificates\/(\w+)$/, (id) => html`<${Certificate} id=${id} key=${id} />`],
  [/^\/my\/certificates\/(\w+)\/mailings$/, (id) => html`<${Mailings} id=${id} key=${id} />`],
  [/^\/messages$/, () => html`<${Messages} />`],
]

const ours = (path) => path === "/login" || path === "/me" || routes.some(([pattern]) => pattern.test(path))

let here = location.pathname + location.search

// open shows another page of the app, unless a form that was begun objects.
function open(path, options, draw) {
  const allowed = options.force || options.stay || dispatchEvent(new CustomEvent("leaving", { cancelable: true, detail: path }))
  if (!allowed) return
  if (options.replace) history.replaceState(null, "", path)
  else history.pushState(null, "", path)
  arrive(options, draw)
}

function arrive(options, draw) {
  here = location.pathname + location.search
  draw()
  if (options.stay) return
  scrollTo(0, 0)
  document.getElementById("main").focus({ preventScroll: true })
}

function useRouter(draw) {
  useEffect(() => {
    document.addEventListener("click", (e) => {
      const a = e.target.closest && e.target.closest("a[href]")
      if (!a || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || a.origin !== location.origin || a.hash || !ours(a.pathname)) return
      e.preventDefault()
      open(a.pathname + a.search, {}, draw)
    })
    addEventListener("go", (e) => open(e.detail.path, e.detail, draw))
    addEventListener("popstate", () => {
      const to = location.pathname + location.search
      if (to === here) return
      if (dispatchEvent(new CustomEvent("leaving", { cancelable: true, detail: to }))) return arrive({}, draw)
      history.pushState(null, "", here) // the form stays, and asks
    })
  }, [])
}

function App() {
  const [, draw] = useReducer((n) => n + 1, 0)
  useRouter(draw)
  const path = location.pathname.replace(/(.)\/$/, "$1")
  const inside = path !== "/login" && (!!me() || entered)
  entered = inside
  useEffect(() => {
    if (path === "/login" && me()) go(wanted(), { replace: true, force: true })
    if (path !== "/login" && !inside) go("/login?to=" + encodeURIComponent(here), { replace: true, force: true })
  })
  const logout = () => {
    pb.authStore.clear()
    entered = false
    location.assign(publicPage("/")) // a new page: nothing of the old one stays in memory
  }
  const changeLang = () => {
    setLang(lang() === "en" ? "zh" : "en")
    pb.lang = document.documentElement.lang
    const query = new URLSearchParams(location.search)
    if (query.has("lang")) { // or the next load would switch back
      query.delete("lang")
      history.replaceState(null, "", location.pathname + (String(query) ? "?" + query : ""))
    }
    draw()
  }
  return html`
    <a class="skip-link" href="#main">${t("skip")}</a>
    <${Header} inside=${inside} path=${path} onLang=${changeLang} onLogout=${logout} />
    <div class=${"shell" + (inside ? "" : " shell--outside")}>
      ${inside && html`<${Navigation} path=${path} />`}
      <main id="main" class="main" tabindex="-1">
        ${path === "/login" ? html`<${LoginPage} onDone=${() => go(wanted(), { replace: true })} />` : inside && page(path, logout, draw)}
      </main>
    </div>
    <${Footer} />
    ${inside && html`<${Session} />`}
    <${Announcer} />`
}

// entered stays true when a session ends by itself: the page remains, below the
// log-in dialog, with everything that was typed.
let entered = false

function page(path, logout, draw) {
  if (path === "/me") return html`<${Me} onLogout=${logout} onChange=${draw} />`
  for (const [pattern, draws] of routes) {
    const match = path.match(pattern)
    if (match) return draws(match[1], match[2])
  }
  return html`
    <${Title}>${t("not_found")}<//>
    <${Empty} icon="file-search-line" title=${t("not_found")} text=${t("not_found_text")}><a class="button" href="/services">${t("to_services")}</a><//>`
}

function Header({ inside, onLang, onLogout }) {
  const record = inside ? me() : null
  return html`
    <header class="header">
      <div class="header__inner">
        <a class="brand" href=${publicPage("/")}>
          <img class="brand__mark" src="/favicon.svg" alt="" width="36" height="36" />
          <span class="brand__text"><span class="brand__name">${t("brand")}</span><span class="brand__by">${t("authority")}</span></span>
        </a>
        <div class="header__tools">
          <button type="button" class="header__tool header__lang" lang=${lang() === "en" ? "zh-CN" : "en"} onClick=${onLang}><${Icon} name="translate-2" /><span>${t("other_lang")}</span></button>
          ${record && html`
            <${Bell} />
            <a class="header__tool header__tool--wide" href="/me"><${Icon} name="user-3-line" /><span class="name" title=${record.name}>${record.name}</span></a>
            <button type="button" class="header__tool header__tool--wide" onClick=${onLogout}><${Icon} name="logout-box-r-line" /><span>${t("logout")}</span></button>
`}
        </div>
      </div>
    </header>`
}

// useUnread counts the messages that were not read, anew whenever something changed.
function useUnread() {
  const [n, setN] = useState(0)
  useEffect(() => {
    const ask = () => { if (me()) get("/api/portal/notifications", { limit: 1 }).then((answer) => setN(answer.unread || 0), () => {}) }
    ask()
    addEventListener("applications-changed", ask)
    addEventListener("session-renewed", ask)
    return () => {
      removeEventListener("applications-changed", ask)
      removeEventListener("session-renewed", ask)
    }
  }, [])
  return n
}

function Bell() {
  const n = useUnread()
  const words = n ? `${t("messages")}${t("comma")}${t("unread", { n })}` : t("messages")
  return html`<a class="header__tool header__bell" href="/messages" aria-label=${words}><${Icon} name="notification-3-line" />${n > 0 && html`<span class="badge">${n > 99 ? "99+" : n}</span>`}</a>`
}

// tabs: address, words on the desktop, words on the phone (none: not a tab there), icon.
const tabs = [
  ["/", "home", "home", "home-5-line"],
  ["/services", "services", "services_short", "apps-2-line"],
  ["/applications", "query", "query_short", "search-eye-line"],
  ["/my/certificates", "certificates", "certificates_short", "award-line"],
  ["/messages", "messages", "", "notification-3-line"],
  ["/me", "me", "me_short", "user-3-line"],
]

function Navigation({ path }) {
  return html`
    <nav class="nav" aria-label=${t("navigation")}>
      ${tabs.map(([to, long, short, icon]) => {
        const on = path === to || (to !== "/" && path.startsWith(to + "/"))
        return html`<a key=${to} class=${"nav__item" + (on ? " nav__item--on" : "") + (short ? "" : " nav__item--desktop")} href=${to === "/" ? publicPage("/") : to} aria-current=${on ? "page" : undefined}>
          <${Icon} name=${icon} /><span class="nav__long">${t(long)}</span>${short && html`<span class="nav__short" aria-hidden="true">${t(short)}</span>`}</a>`
      })}
    </nav>`
}

function Footer() {
  return html`
    <footer class="footer">
      <p>${t("footer")}</p>
      <p>${t("beijing_time")}<a href=${publicPage("/help")}>${t("help")}</a></p>
    </footer>`
}

mark()
pb.lang = document.documentElement.lang
document.documentElement.classList.toggle("elder", stored("elder") === "1")
const app = document.getElementById("app")
app.textContent = "" // what old browsers and slow networks showed
render(html`<${App} />`, app)
