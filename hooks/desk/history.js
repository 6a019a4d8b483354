import { stateOf } from "./me.js"
import { when } from "./format.js"
import { say, text } from "./words.js"

const icons = { candidate: "ri-user-line", authority: "ri-government-line", system: "ri-settings-3-line" }

// history shows who did what and why, the latest first.
export function history(service, data) {
  const events = [...(data.timeline || [])].sort((a, b) => String(b.at).localeCompare(String(a.at)))
  if (!events.length) return null
  return t.section({ className: "desk-section desk-history" }, t.h6(null, say("history")),
    t.ol(null, events.map((event) => t.li({ className: "tone-" + stateOf(service, event.to).tone },
      t.i({ className: icons[event.who] || icons.system, ariaHidden: true }),
      t.div(null,
        t.strong(null, text(event.label) || event.action),
        event.to && event.from != event.to ? t.span({ className: "txt-hint" }, " → ", text(stateOf(service, event.to).title)) : null,
        t.p({ className: "desk-who" }, who(event), t.time(null, when(event.at))),
        event.reply ? t.blockquote(null, event.reply) : null)))))
}

function who(event) {
  const kind = say("who_" + (["candidate", "authority"].includes(event.who) ? event.who : "system"))
  return event.actor_name ? `${kind} · ${event.actor_name}` : kind
}
