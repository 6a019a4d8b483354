// The catalog of the businesses, which the candidates' pages read as well. It
// holds no personal data and needs no login.
import { text } from "./words.js"
import { schemaWord } from "./zh-schema.js"

let services = []

// catalog answers all businesses that are on.
export const catalog = app.pb.send("/api/portal/services", { requestKey: null })
  .then((list) => (services = Array.isArray(list) ? list : []))
  .catch(() => [])

// choiceWord returns the word for a value of a select field, as far as the
// catalog has come.
export function choiceWord(collection, field, value) {
  const service = services.find((s) => s.name == collection)
  const state = field == "status" ? service?.states?.find((s) => s.name == value) : null
  return state ? text(state.title) : schemaWord(field, value)
}
