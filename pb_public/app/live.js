import { useEffect, useRef } from "../vendor/preact.mjs"
import { pb } from "./api.js"
import { t } from "./i18n.js"
import { announce } from "./ui.js"

const pollEvery = 30e3
const lookEvery = 1e3
const most = 50 // records that one page watches live

pb.realtime.maxReconnectAttempts = 5 // then the page polls, and tries again at leisure

// useLive calls onChange whenever one of the records ({service, id}) may have changed:
// by an event, after a lost connection, when the page is looked at again, or, where
// the server has no place for one more live client, by asking every 30 seconds.
export function useLive(records, onChange) {
  const latest = useRef()
  latest.current = onChange
  const key = records.slice(0, most).map((r) => r.service + "/" + r.id).sort().join(",")
  useEffect(() => (key ? follow(key.split(","), () => latest.current()) : undefined), [key])
}

function follow(topics, onChange) {
  let stops = [], ended = false, pending
  const changed = () => {
    clearTimeout(pending) // several events of one step are one change
    pending = setTimeout(() => {
      onChange()
      dispatchEvent(new Event("applications-changed"))
    }, 200)
  }
  const heard = () => {
    announce(t("status_updated"))
    changed()
  }
  const connect = async () => {
    try {
      const made = await Promise.all(topics.map((topic) => subscribe(topic, heard)))
      if (ended) made.forEach((stop) => stop().catch(() => {}))
      else stops = made
    } catch (err) {
      topics.forEach((topic) => pb.realtime.unsubscribe(topic).catch(() => {}))
    }
  }
  const stopPolling = poll(changed, () => { if (!stops.length) connect() })
  const seen = () => { if (document.visibilityState === "visible") changed() }
  document.addEventListener("visibilitychange", seen)
  connect()
  return () => {
    ended = true
    clearTimeout(pending)
    stopPolling()
    document.removeEventListener("visibilitychange", seen)
    stops.forEach((stop) => stop().catch(() => {}))
  }
}

function subscribe(topic, heard) {
  const [service, id] = topic.split("/")
  return pb.collection(service).subscribe(id, heard)
}

// poll looks after the connection: back again means that something may have been
// missed; away means asking the list with the tag of its last answer.
function poll(changed, reconnect) {
  let up = false, everUp = false, asked = Date.now(), tag = ""
  const look = async () => {
    const connected = pb.realtime.isConnected
    if (connected && !up && everUp) changed()
    up = connected
    everUp = everUp || connected
    if (connected || document.visibilityState !== "visible" || Date.now() - asked < pollEvery) return
    asked = Date.now()
    const next = await newTag(tag)
    if (next && next !== tag) {
      if (tag) announce(t("status_updated"))
      tag = next
      changed()
    }
    reconnect()
  }
  const timer = setInterval(look, lookEvery)
  return () => clearInterval(timer)
}

async function newTag(tag) {
  if (!pb.authStore.isValid) return ""
  const headers = { Authorization: pb.authStore.token }
  if (tag) headers["If-None-Match"] = tag
  try {
    const answer = await fetch("/api/portal/applications", { headers, cache: "no-store" })
    return answer.status === 200 ? answer.headers.get("ETag") || "" : tag
  } catch (err) {
    return tag
  }
}
