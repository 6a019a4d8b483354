import { me } from "./api.js"
import { store, stored } from "./i18n.js"

const keep = 14 * 24 * 3600e3 // then a forgotten draft goes by itself

const keyOf = (service, id) => `draft:${me() ? me().id : ""}:${service}:${id || "new"}`

// newSubmission makes the id by which the server knows a form that is sent again
// because its answer was lost.
export function newSubmission() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => (b < 16 ? "0" : "") + b.toString(16)).join("")
}

// loadDraft answers {at, submission, typed} of this candidate, or null.
export function loadDraft(service, id) {
  try {
    const draft = JSON.parse(stored(keyOf(service, id)))
    return draft && draft.typed && Date.now() - draft.at < keep ? draft : null
  } catch (err) {
    return null
  }
}

// saveDraft keeps what was typed, but never files or anything that is sealed:
// the device may be shared. Agreeing to the declaration is done anew.
export function saveDraft(service, id, submission, typed) {
  const open = {}
  for (const name of Object.keys(typed)) {
    const field = service.fields.find((f) => f.name === name)
    if (name === "commitment" || (field && (field.type === "sealed" || field.kind))) continue
    open[name] = typed[name]
  }
  const some = Object.keys(open).length > 0
  store(keyOf(service.name, id), some ? JSON.stringify({ at: Date.now(), submission, typed: open }) : null)
}

// removeDraft forgets it: sent, or not wanted.
export function removeDraft(service, id) {
  store(keyOf(service, id), null)
}
