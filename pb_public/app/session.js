import { html, useEffect, useRef, useState } from "../vendor/preact.mjs"
import { expire, get, login, me, onExpired } from "./api.js"
import { lang, say, t } from "./i18n.js"
import { Dialog, Icon, Notice, Title, sentence } from "./ui.js"

const idleLimit = 30 * 60e3
const warnBefore = 2 * 60e3

// wanted answers the page that somebody wanted before the log-in: only a path of ours.
export function wanted() {
  const to = new URLSearchParams(location.search).get("to") || ""
  return /^\/(services|applications|messages|me)([/?]|$)/.test(to) ? to : "/services"
}

// LoginPage is /login.
export function LoginPage({ onDone }) {
  return html`
    <div class="login">
      <${Title}>${t("login_title")}<//>
      <p class="lead">${t("login_intro")}</p>
      <${LoginForm} onDone=${onDone} />
      <p class="login__note"><${Icon} name="shield-check-line" />${t("login_note")}</p>
    </div>`
}

// LoginForm asks for user name, password and, where it is on, the verification code.
function LoginForm({ onDone, username }) {
  const [errors, setErrors] = useState({})
  const [busy, setBusy] = useState(false)
  const [shown, setShown] = useState(false)
  const captcha = useCaptcha()
  const form = useRef()

  async function submit(event) {
    event.preventDefault()
    if (busy) return
    const value = (name) => (form.current.elements[name] ? form.current.elements[name].value.trim() : "")
    const missing = missingFields(["username", "password"].concat(captcha.off ? [] : ["captcha"]), value)
    if (Object.keys(missing).length) return refuse(missing)
    setBusy(true)
    try {
      const record = await login(value("username"), form.current.elements.password.value, { captcha_id: captcha.id, captcha: value("captcha") })
      return onDone(record)
    } catch (err) {
      setBusy(false)
      await captcha.renew() // a code works once
      if (form.current && form.current.elements.captcha) form.current.elements.captcha.value = ""
      refuse(loginErrors(err))
    }
  }

  function refuse(found) {
    setErrors(found)
    const first = ["username", "password", "captcha"].find((name) => found[name])
    if (first && form.current) form.current.elements[first].focus()
  }

  return html`
    <form class="login__form" onSubmit=${submit} novalidate ref=${form}>
      ${errors.form && html`<${Notice} tone="failed" role="alert">${errors.form}<//>`}
      <${Line} name="username" error=${errors.username}>
        <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" defaultValue=${username} ...${described("username", errors)} />
      <//>
      <${Line} name="password" error=${errors.password}>
        <div class="with-button">
          <input id="password" name="password" type=${shown ? "text" : "password"} autocomplete="current-password" autocapitalize="none" spellcheck="false" ...${described("password", errors)} />
          <button type="button" class="icon-button" aria-pressed=${shown ? "true" : "false"} aria-label=${t("show_password")} title=${t(shown ? "hide_password" : "show_password")}
            onClick=${() => setShown(!shown)}><${Icon} name=${shown ? "eye-off-line" : "eye-line"} /></button>
        </div>
      <//>
      ${!captcha.off && html`<${Captcha} captcha=${captcha} errors=${errors} />`}
      <button class="button button--wide" aria-disabled=${busy ? "true" : undefined}>${t(busy ? "login_busy" : "login")}</button>
    </form>`
}

function missingFields(names, value) {
  const missing = {}
  for (const name of names) if (!value(name)) missing[name] = say({ code: "validation_required" })
  return missing
}

// loginErrors sorts an answer to its fields. A wrong name and a wrong password are
// one error, so that nobody learns which names exist.
function loginErrors(err) {
  const found = {}
  for (const name of Object.keys(err.data || {})) {
    const field = { identity: "username", password: "password", captcha: "captcha", captcha_id: "captcha" }[name]
    found[field || "form"] = say(err.data[name])
  }
  if (Object.keys(found).length) return found
  return err.status === 400 ? { password: t("login_failed") } : { form: sentence(err) }
}

const described = (name, errors, hint) => ({
  "aria-invalid": errors[name] ? "true" : undefined,
  "aria-describedby": [hint && name + "-hint", errors[name] && name + "-error"].filter(Boolean).join(" ") || undefined,
  "aria-required": "true",
})

function Line({ name, error, hint, children }) {
  return html`
    <div class=${"field" + (error ? " field--error" : "")}>
      <label class="field__label" for=${name}>${t(name)}</label>
      ${hint && html`<p class="field__hint" id=${name + "-hint"}>${hint}</p>`}
      ${children}
      ${error && html`<p class="field__error" id=${name + "-error"}><${Icon} name="error-warning-fill" />${error}</p>`}
    </div>`
}

// useCaptcha holds one verification code at a time.
function useCaptcha() {
  const [code, setCode] = useState({ off: true, waiting: true })
  const renew = () => get("/api/portal/captcha").then(setCode, (err) => setCode({ id: "", failed: true, why: err.status === 429 ? sentence(err) : "" }))
  useEffect(() => { renew() }, [])
  return Object.assign({ renew }, code)
}

function Captcha({ captcha, errors }) {
  const audio = useRef()
  const play = () => {
    audio.current.currentTime = 0
    audio.current.play().catch(() => {})
    document.getElementById("captcha").focus()
  }
  return html`
    <${Line} name="captcha" error=${errors.captcha} hint=${t("captcha_hint")}>
      <div class="captcha">
        <input id="captcha" name="captcha" inputmode="numeric" autocomplete="off" spellcheck="false" ...${described("captcha", errors, true)} />
        ${captcha.failed ? html`<span class="captcha__image captcha__image--failed">${captcha.why || t("captcha_failed")}</span>`
          : html`<img class="captcha__image" src=${captcha.image} alt=${t("captcha_image")} />`}
      </div>
      <div class="captcha__ways">
        <button type="button" class="link-button" onClick=${captcha.renew}><${Icon} name="refresh-line" />${t("captcha_other")}</button>
        ${captcha.audio && html`
          <button type="button" class="link-button" onClick=${play}><${Icon} name="volume-up-line" />${t("captcha_audio")}</button>
          <audio ref=${audio} src=${captcha.audio + "?lang=" + lang()} preload="none"></audio>`}
      </div>
    <//>`
}

// Session watches over the log-in: it warns before the idle end, and asks for a new
// log-in over the page, so that nothing typed is lost.
export function Session() {
  const [state, setState] = useState("") // "", "idle", "expired"
  const holder = useRef(me())
  const touched = useRef(Date.now())
  useEffect(() => onExpired(() => setState("expired")), [])
  useEffect(() => watchIdle(touched, () => setState((s) => (s === "expired" ? s : "idle")), expire), [])

  const stay = () => {
    touched.current = Date.now()
    setState("")
  }
  const renewed = (record) => {
    if (record.id !== holder.current.id) return location.assign("/services") // somebody else: nothing of the first may stay
    stay()
    dispatchEvent(new Event("session-renewed"))
  }
  if (state === "expired") {
    return html`<${Dialog} title=${t("expired_title")} cover>
      <p>${t("expired_text")}</p>
      <${LoginForm} onDone=${renewed} username=${holder.current.username} />
    <//>`
  }
  if (state === "idle") return html`<${IdleWarning} until=${touched.current + idleLimit} onStay=${stay} />`
  return null
}

function watchIdle(touched, warn, end) {
  touched.current = Date.now()
  let warned = false
  const touch = () => { if (!warned) touched.current = Date.now() }
  const kinds = ["pointerdown", "keydown", "scroll", "input"]
  kinds.forEach((kind) => addEventListener(kind, touch, { passive: true, capture: true }))
  const timer = setInterval(() => {
    if (!me()) return
    const idle = Date.now() - touched.current
    warned = idle >= idleLimit - warnBefore
    if (idle >= idleLimit) end()
    else if (warned) warn()
  }, 1000)
  return () => {
    clearInterval(timer)
    kinds.forEach((kind) => removeEventListener(kind, touch, { capture: true }))
  }
}

function IdleWarning({ until, onStay }) {
  const [left, setLeft] = useState(until - Date.now())
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), 1000)
    return () => clearInterval(timer)
  }, [until])
  return html`
    <${Dialog} title=${t("idle_title")} onClose=${onStay}>
      <p role="timer">${t("idle_text", { n: Math.max(0, Math.ceil(left / 1000)) })}</p>
      <div class="actions"><button type="button" class="button" onClick=${onStay}>${t("idle_stay")}</button></div>
    <//>`
}
