import PocketBase, { BaseAuthStore } from "../vendor/pocketbase.es.mjs"

// TabStore ends the session with the tab: candidates use shared computers.
class TabStore extends BaseAuthStore {
  constructor() {
    super()
    try {
      const saved = JSON.parse(sessionStorage.getItem("session") || "{}")
      super.save(saved.token || "", saved.record || null)
    } catch (err) { /* storage refused: the session lives as long as the page */ }
  }
  save(token, record) {
    super.save(token, record)
    try { sessionStorage.setItem("session", JSON.stringify({ token, record })) } catch (err) { /* as above */ }
  }
  clear() {
    super.clear()
    try { sessionStorage.removeItem("session") } catch (err) { /* as above */ }
  }
}

export const pb = new PocketBase("/", new TabStore())
pb.autoCancellation(false)

let ahead = 0 // how far the server's clock is ahead of this device's

// now answers the server's time in milliseconds: a device's clock may be wrong by days.
export const now = () => Date.now() + ahead

// setClock takes the server's time, as text, from an answer that states it.
export function setClock(text) {
  const at = Date.parse(text)
  if (at) ahead = at - Date.now()
}

pb.afterSend = (response, data) => {
  setClock(response.headers.get("Date"))
  return data
}

// me answers the candidate who is logged in, or null.
export const me = () => (pb.authStore.isValid ? pb.authStore.record : null)

let listeners = []

// onExpired calls f whenever the server, or the clock, says that the session is over,
// until the function that it answers is called.
export function onExpired(f) {
  listeners.push(f)
  return () => { listeners = listeners.filter((x) => x !== f) }
}

// expire ends the session but leaves the page as it is.
export function expire() {
  pb.authStore.clear()
  listeners.forEach((f) => f())
}

// Refusal is every way in which a request can fail: kind is "network", "expired" or
// "refused"; data holds the errors by field.
export class Refusal extends Error {
  constructor(status, response) {
    super((response && response.message) || "")
    this.status = status
    this.kind = status === 0 ? "network" : status === 401 ? "expired" : "refused"
    this.data = (response && response.data) || {}
  }
}

function checkSession() {
  if (pb.authStore.token && !pb.authStore.isValid) expire()
}

// get asks the portal's API as the candidate who is logged in.
export async function get(path, query) {
  checkSession()
  return send(path, { method: "GET", query: query || {} })
}

// post sends JSON to the portal's API.
export async function post(path, body) {
  checkSession()
  return send(path, { method: "POST", body })
}

async function send(path, options) {
  try {
    return await pb.send(path, options)
  } catch (err) {
    throw refusal(err.status || 0, err.response)
  }
}

function refusal(status, response) {
  if (status === 401) expire()
  return new Refusal(status, response)
}

// login asks for a session; nobody's session can expire by it.
export async function login(identity, password, captcha) {
  try {
    const answer = await pb.send("/api/collections/candidates/auth-with-password",
      { method: "POST", body: Object.assign({ identity, password }, captcha) })
    pb.authStore.save(answer.token, answer.record)
    return answer.record
  } catch (err) {
    throw new Refusal(err.status || 0, err.response)
  }
}

let asked

// catalog answers the definitions of all businesses, fetched once.
export function catalog() {
  asked = asked || get("/api/portal/services").catch((err) => {
    asked = null // so that the next page may ask again
    throw err
  })
  return asked
}

// save creates or changes a record. files is a list of [field, File]; with files
// the body travels as one JSON part, so that its types stay. onProgress gets 0…100.
export function save(service, id, body, files, onProgress) {
  checkSession()
  const request = new XMLHttpRequest() // fetch cannot tell how much has been sent
  const path = `/api/collections/${service}/records${id ? "/" + id : ""}`
  return new Promise((resolve, reject) => {
    request.open(id ? "PATCH" : "POST", path)
    request.setRequestHeader("Authorization", pb.authStore.token)
    request.setRequestHeader("Accept-Language", pb.lang)
    request.upload.onprogress = (e) => e.lengthComputable && onProgress && onProgress(Math.round((e.loaded / e.total) * 100))
    request.onerror = request.ontimeout = () => reject(new Refusal(0))
    request.onload = () => {
      let answer = null
      try { answer = JSON.parse(request.responseText) } catch (err) { /* a proxy's page, or nothing */ }
      if (request.status >= 200 && request.status < 300 && answer) resolve(answer)
      else if (request.status >= 502 && request.status <= 504) reject(new Refusal(0)) // it may have been saved: ask again
      else reject(refusal(request.status, answer))
    }
    request.send(packed(request, body, files))
  })
}

function packed(request, body, files) {
  if (!files.length) {
    request.setRequestHeader("Content-Type", "application/json")
    return JSON.stringify(body)
  }
  const form = new FormData()
  form.append("@jsonPayload", JSON.stringify(body))
  for (const [name, file] of files) form.append(name, file, file.name)
  return form
}

// download fetches a document that only its owner may have, and hands it to the
// browser under a name. A browser inside WeChat saves nothing itself: it gets an
// address that works for two minutes, which other browsers can open. What is made
// from a body has no address.
export async function download(path, name, body) {
  checkSession()
  if (!body && /MicroMessenger/i.test(navigator.userAgent)) {
    const token = await pb.files.getToken().catch((err) => { throw refusal(err.status || 0, err.response) })
    return location.assign(path + "?token=" + encodeURIComponent(token))
  }
  let answer
  try {
    const headers = { Authorization: pb.authStore.token, "Accept-Language": pb.lang }
    if (body) headers["Content-Type"] = "application/json"
    answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) })
  } catch (err) {
    throw new Refusal(0)
  }
  if (!answer.ok) throw refusal(answer.status, await answer.json().catch(() => null))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name.replace(/[\\/:*?"<>|]/g, "_")
  document.body.appendChild(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3)
}

// fileURL answers an address of a protected file that works for two minutes.
export async function fileURL(service, id, name) {
  checkSession()
  try {
    const token = await pb.files.getToken()
    return `/api/files/${service}/${id}/${encodeURIComponent(name)}?token=${encodeURIComponent(token)}`
  } catch (err) {
    throw refusal(err.status || 0, err.response)
  }
}
