// The applications that belong together: what an appeal is against, and the
// appeals against an application.
import { section, stateChip } from "./parts.js"
import { say, text } from "./words.js"

// linkedCases shows them, each to be opened on top of this one.
export function linkedCases(file) {
  const { data, who } = file
  const list = (data.linked || []).flatMap((l) => l.applications.map((a) => ({ service: l.service, ...a })))
  if (data.about?.service) list.unshift({ service: data.about.service, id: data.about.id, number: text(data.about.title), note: text(data.about.note) })
  if (!list.length) return null
  return section(say("linked"), t.ul({ className: "desk-linked" }, list.map((a) => line(a, who.services.find((s) => s.name == a.service)))))
}

function line(item, service) {
  return t.li(null,
    t.span(null, service ? text(service.title) + " " : "", t.span({ className: "desk-number" }, item.number)),
    item.status && service ? stateChip(service, item.status) : null,
    item.note ? t.span({ className: "txt-hint" }, item.note) : null,
    service ? t.button({ type: "button", className: "btn sm outline", onclick: () => open(item) }, say("open_case")) : null)
}

function open(item) {
  const collection = app.store.collections.find((c) => c.name == item.service)
  if (!collection) return app.toasts.error(say("load_failed"))
  app.modals.openRecordUpsert(collection, { id: item.id, collectionName: item.service })
}
