import { html, useEffect, useRef, useState } from "../vendor/preact.mjs"
import { say, t } from "./i18n.js"

// Icon draws one symbol of the vendored sheet. Words stand beside it, so that it
// is hidden from screen readers.
export function Icon({ name, class: extra }) {
  const id = (name || "file-list-3-line").replace(/^ri-/, "")
  return html`<svg class=${"icon " + (extra || "")} aria-hidden="true" focusable="false"><use href=${"/vendor/icons.svg#" + id} /></svg>`
}

const tones = { waiting: "time-line", action: "edit-box-line", done: "checkbox-circle-fill", failed: "close-circle-fill", void: "forbid-2-line" }

// Status is colour, icon and word: never colour alone.
export function Status({ state, name, large }) {
  const tone = (state && state.tone) || "waiting"
  return html`<span class=${`status status--${tone}${large ? " status--large" : ""}`}><${Icon} name=${tones[tone] || tones.waiting} />${state ? t(state.title) : name}</span>`
}

// stateOf finds a status in the definition of its business.
export const stateOf = (service, name) => service && service.states.find((s) => s.name === name)

// Title sets the one heading of a page and the title of the document.
export function Title({ children, back, aside }) {
  const heading = useRef()
  useEffect(() => {
    const text = heading.current && heading.current.textContent
    document.title = text ? `${text} - ${t("brand")}` : t("brand")
  })
  return html`
    <div class="title">
      ${back && html`<a class="title__back" href=${back.href}><${Icon} name="arrow-left-line" />${back.text}</a>`}
      <div class="title__row"><h1 ref=${heading}>${children}</h1>${aside}</div>
    </div>`
}

// Skeleton stands where lines will be.
export function Skeleton({ lines, title }) {
  return html`
    ${title && html`<${Title}>${title}<//>`}
    <div class="skeleton" role="status">
      <span class="visually-hidden">${t("loading")}</span>
      ${Array.from({ length: lines || 3 }, (_, i) => html`<div class="skeleton__line" key=${i}></div>`)}
    </div>`
}

// Empty explains why there is nothing, and leads on.
export function Empty({ icon, title, text, children }) {
  return html`
    <div class="empty">
      <${Icon} name=${icon || "inbox-line"} class="empty__icon" />
      <p class="empty__title">${title}</p>
      ${text && html`<p class="empty__text">${text}</p>`}
      ${children}
    </div>`
}

// Notice is a message that belongs to the page: tone is "info", "done" or "failed".
export function Notice({ tone, title, children, role }) {
  const icons = { info: "information-line", done: "checkbox-circle-line", failed: "error-warning-line" }
  return html`
    <div class=${"notice notice--" + (tone || "info")} role=${role}>
      <${Icon} name=${icons[tone || "info"]} />
      <div class="notice__body">${title && html`<p class="notice__title">${title}</p>`}${children}</div>
    </div>`
}

// sentence says what went wrong, for a page as a whole.
export function sentence(err, states) {
  if (err.kind === "network") return t("offline")
  if (err.kind === "expired") return t("expired_title")
  const errors = Object.keys(err.data || {}).map((name) => say(err.data[name], states))
  if (errors.length) return errors.join(" ")
  if (err.status === 403) return t("denied")
  if (err.status === 404) return t("not_found")
  if (err.status === 429) return say({ code: "too_many_requests" })
  return t("failed")
}

// Failed is the page when it could not be loaded. An expired session has its own
// dialog; the page loads by itself after it.
export function Failed({ error, retry }) {
  const missing = error.status === 404 || error.status === 403
  return html`
    <${Title}>${missing ? t("not_found") : t("failed_title")}<//>
    <${Empty} icon=${error.kind === "network" ? "wifi-off-line" : missing ? "file-search-line" : "error-warning-line"}
      title=${missing ? t("not_found") : t("failed_title")} text=${missing ? t("not_found_text") : sentence(error)}>
      <p class="actions actions--center">
        ${!missing && html`<button type="button" class="button" onClick=${retry}>${t("retry")}</button>`}
        <a class="button button--second" href="/services">${t("to_services")}</a>
      </p>
    <//>`
}

// useLoad loads something whenever key changes; reload loads it again and keeps
// what is shown until the answer is there.
export function useLoad(load, key) {
  const [state, setState] = useState({})
  const turn = useRef(0)
  const run = () => {
    const mine = ++turn.current
    return load().then(
      (value) => { if (mine === turn.current) setState({ key, value }) },
      (error) => { if (mine === turn.current) setState((s) => (s.value && s.key === key ? s : { key, error })) },
    )
  }
  useEffect(() => {
    run()
    addEventListener("session-renewed", run)
    return () => { turn.current++; removeEventListener("session-renewed", run) }
  }, [key])
  const fresh = state.key === key ? state : {}
  return { value: fresh.value, error: fresh.error, reload: run, set: (value) => setState({ key, value }) }
}

const focusable = "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex='0']"

// Dialog keeps the focus inside, closes by Escape where onClose is given, and
// gives the focus back. cover hides what is behind it.
export function Dialog({ title, children, onClose, cover, wide }) {
  const box = useRef()
  useEffect(() => {
    const before = document.activeElement
    if (!box.current.contains(before)) box.current.focus() // who is quick types already
    document.documentElement.classList.add("has-dialog")
    return () => {
      document.documentElement.classList.remove("has-dialog")
      if (before && before.isConnected && before.focus) before.focus()
    }
  }, [])
  const keys = (e) => {
    if (e.key === "Escape" && onClose) onClose()
    if (e.key === "Tab") trap(e, box.current)
  }
  return html`
    <div class=${"backdrop" + (cover ? " backdrop--cover" : "")} onKeyDown=${keys}>
      <div class=${"dialog" + (wide ? " dialog--wide" : "")} role="dialog" aria-modal="true" aria-labelledby="dialog-title" tabindex="-1" ref=${box}>
        <div class="dialog__head">
          <h2 id="dialog-title">${title}</h2>
          ${onClose && html`<button type="button" class="icon-button" aria-label=${t("close")} onClick=${onClose}><${Icon} name="close-line" /></button>`}
        </div>
        ${children}
      </div>
    </div>`
}

function trap(e, box) {
  const inside = Array.from(box.querySelectorAll(focusable))
  if (!inside.length) return e.preventDefault()
  const first = inside[0], last = inside[inside.length - 1]
  const at = document.activeElement
  if (e.shiftKey && (at === first || at === box)) { e.preventDefault(); last.focus() }
  if (!e.shiftKey && at === last) { e.preventDefault(); first.focus() }
}

let announcer

// announce tells screen readers, and for a moment everybody, that something changed by itself.
export function announce(text) {
  if (announcer) announcer(text)
}

// Announcer is the one quiet live region of the app.
export function Announcer() {
  const [text, setText] = useState("")
  useEffect(() => {
    announcer = setText
    return () => { announcer = null }
  }, [])
  useEffect(() => {
    if (!text) return
    const timer = setTimeout(() => setText(""), 6000)
    return () => clearTimeout(timer)
  }, [text])
  return html`<div class="toast" role="status" aria-live="polite">${text && html`<span class="toast__text"><${Icon} name="refresh-line" />${text}</span>`}</div>`
}

// go opens another page of the app. stay keeps the place where the reader is;
// force leaves a form without asking.
export function go(path, options) {
  dispatchEvent(new CustomEvent("go", { detail: Object.assign({ path }, options) }))
}
