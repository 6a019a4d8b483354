// The case: an application as its reviewer needs it, in place of the columns of
// the dashboard's form. What it knows comes from one route; what it changes is
// one PATCH of the record, which the server judges.
import { actionsPanel, decision, editors } from "./actions.js"
import { optionOf, place, regions } from "./fields.js"
import { day, plain, span, until, when, yuan } from "./format.js"
import { history } from "./history.js"
import { linkedCases } from "./linked.js"
import { materials, replacedFiles } from "./materials.js"
import { me } from "./me.js"
import { papers } from "./papers.js"
import { marks, section, stateChip } from "./parts.js"
import { rowsView } from "./rows.js"
import { nextButton } from "./turn.js"
import { idType, say, text } from "./words.js"

// caseView draws the case of the record that the form is open for.
export function caseView(props) {
  const file = store({ who: null, service: null, data: null, failed: "", places: {} })
  const path = `/api/portal/desk/${props.collection.name}/${props.originalRecord.id}`

  // load takes over all that it has asked for at once: each drawing makes the
  // inputs anew, and a second one would empty what was typed since the first.
  async function load() {
    try {
      const [who, data] = await Promise.all([me(), app.pb.send(path, { requestKey: null })])
      const service = who.services.find((s) => s.name == props.collection.name) || { name: props.collection.name, states: [], fields: [], rows: [] }
      const places = service.fields.some((f) => f.input == "region") ? await regions() : {}
      Object.assign(file, { who, service, failed: "", places, data })
    } catch (err) {
      file.failed = err.message || say("load_failed")
    }
  }

  // renew takes over what the server answered. The form keeps its record, so
  // it is changed and never replaced.
  function renew(record) {
    const plain = JSON.stringify(record) // what is reactive cannot be cloned
    Object.assign(props.originalRecord, JSON.parse(plain))
    Object.assign(props.record, JSON.parse(plain))
    for (const name of ["record:update", "record:save"]) document.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(plain) }))
  }

  return t.section({ className: "desk-case", onmount: load },
    () => {
      if (file.failed) return failure(file, load)
      if (!file.data) return t.div({ className: "desk-skeleton" }, [1, 2, 3, 4].map(() => t.div({ className: "skeleton-loader" })))
      return draw(file, { path, load, renew })
    })
}

function failure(file, load) {
  return t.div({ className: "desk-case-failed" }, closeButton(),
    t.div({ className: "alert danger" }, t.span(null, say("load_failed"), "：", file.failed)),
    t.button({ type: "button", className: "btn sm outline", onclick: load }, say("retry")))
}

function draw(file, tools) {
  const { data, service } = file
  const panel = decision(file, tools)
  return [
    head(service, data),
    t.div({ className: "desk-columns" },
      t.div({ className: "desk-main" },
        ...editors(panel),
        person(data),
        linkedCases(file),
        comparison(say("diff"), say("before"), say("after"), data.diff),
        comparison(say("diff_profile"), say("then"), say("now"), data.profile_diff),
        content(service, data, file.places),
        recorded(service, data),
        ...rowSections(service, data),
        materials(service, data),
        replacedFiles(service, data)),
      t.aside({ className: "desk-side" },
        actionsPanel(panel),
        papers(tools.path, data),
        history(service, data))),
  ]
}

function head(service, data) {
  const record = data.record
  const left = until(record.due)
  return t.header({ className: "desk-head" },
    t.i({ className: "desk-head-icon " + (service.icon || "ri-file-list-3-line"), ariaHidden: true }),
    t.div({ className: "desk-head-title" },
      t.h5(null, text(service.title) || service.name, t.span({ className: "desk-number" }, record.number)),
      data.about ? t.p(null, text(data.about.title), "，", text(data.about.note)) : null,
      t.p(null, text(data.session_title))),
    t.div({ className: "desk-head-state" },
      stateChip(service, record.status),
      marks({ resubmits: record.resubmits })),
    record.due && record.waits_for != "nobody"
      ? t.div({ className: "desk-head-due " + (left < 0 ? "over" : "") },
        t.small(null, say("due"), " ", day(record.due)),
        t.strong(null, left < 0 ? say("due_over", { time: span(left) }) : say("due_left", { time: span(left) })))
      : null,
    nextButton(record.id, say("next")),
    closeButton())
}

const closeButton = () =>
  t.button({ type: "button", className: "btn circle transparent secondary desk-close", title: say("close"), ariaLabel: say("close"), onclick: () => app.modals.close() },
    t.i({ className: "ri-close-line", ariaHidden: true }))

const pair = (label, value, name) =>
  t.div({ className: "desk-pair" }, t.dt(null, label), t.dd({ "html-data-field": name || "" }, value || t.span({ className: "txt-hint" }, say("not_given"))))

function person(data) {
  const owner = data.owner || {}
  return section(say("about_candidate"), t.dl({ className: "desk-pairs" },
    pair(say("name"), t.strong(null, owner.name)),
    pair(say("id_type"), idType(owner.id_type)),
    pair(say("id_number"), t.span({ className: "desk-code" }, owner.id_number)),
    pair(say("mobile"), owner.mobile && t.span({ className: "desk-code" }, owner.mobile)),
    pair(say("submitted"), when(data.record.submitted))))
}

// asked reports whether a field that depends on another one was asked for.
function asked(field, record) {
  const said = field.when && record[field.when.column]
  return !field.when || (field.when.values ? field.when.values.some((v) => [said || ""].flat().includes(v)) : !!said)
}

// content shows what the candidate filled in, with the fields that an operator
// added in the dashboard.
function content(service, data, places) {
  const fields = (service.fields || []).filter((f) => f.type != "file" && f.by == "candidate" && asked(f, data.record))
  if (!fields.length) return null
  return section(say("content"), t.dl({ className: "desk-pairs" },
    fields.map((f) => pair(text(f.label) || f.name, text(data.picked?.[f.name]) || value(f, data.record[f.name], places), f.name))))
}

// recorded shows what the authority has filled in and cannot change any more.
function recorded(service, data) {
  const writable = new Set((data.actions || []).flatMap((a) => a.fields || []))
  const fields = (service.fields || []).filter((f) => f.type != "file" && f.type != "relation" && f.kind != "secret" && f.by != "candidate" && !writable.has(f.name) && data.record[f.name])
  if (!fields.length) return null
  return section(say("recorded"), t.dl({ className: "desk-pairs" },
    fields.map((f) => pair(text(f.label) || f.name, value(f, data.record[f.name], {}), f.name))))
}

function value(field, raw, places) {
  if (field.type == "bool") return raw ? "是" : "否"
  if (raw == null || raw === "") return null
  if (field.input == "region") return place(places, String(raw))
  if (field.input == "money") return yuan(raw)
  if (!Array.isArray(raw) && optionOf(field, raw)) return optionOf(field, raw)
  if (Array.isArray(raw) && field.options) return raw.map((one) => optionOf(field, one) || one).join("、")
  if (field.type == "date") return when(raw)
  if (field.kind) return t.span({ className: "desk-code" }, String(raw))
  return plain(raw)
}

// rowSections shows the rows that were filled in. Those that a reviewer can
// still write are drawn by the actions.
function rowSections(service, data) {
  const writable = new Set((data.actions || []).flatMap((a) => a.fields || []))
  return (service.rows || []).map((rows) => {
    const filled = data.rows?.[rows.name] || []
    if (!filled.length || (rows.by != "candidate" && writable.has(rows.name))) return null
    return section(text(rows.label), rowsView(rows, filled))
  })
}

function comparison(title, left, right, changes) {
  if (!changes?.length) return null
  return section(title, t.table({ className: "desk-diff" },
    t.thead(null, t.tr(null, t.th(null, say("field")), t.th(null, left), t.th(null, right))),
    t.tbody(null, changes.map((c) => t.tr(null,
      t.th(null, text(c.label) || c.field), t.td({ className: "was" }, plain(c.before)), t.td({ className: "is" }, plain(c.after)))))))
}
