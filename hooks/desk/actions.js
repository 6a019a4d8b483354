// What a reviewer may do with a case. The server says what is possible and
// decides in the end; nothing here is a safeguard.
import { fieldsEditor } from "./fields.js"
import { toFen } from "./format.js"
import { stateOf } from "./me.js"
import { section, wrong } from "./parts.js"
import { draftRows, rowsEditor, sendRows } from "./rows.js"
import { explain, say, text } from "./words.js"

// How a button looks follows from the state it leads to: forward, back to the
// candidate, or to an end that is not the one hoped for.
const looks = {
  waiting: { rank: 0, button: "desk-forward", icon: "ri-arrow-right-line" },
  done: { rank: 0, button: "desk-forward", icon: "ri-checkbox-circle-line" },
  action: { rank: 1, button: "outline", icon: "ri-arrow-go-back-line" },
  failed: { rank: 2, button: "outline desk-refuse", icon: "ri-close-circle-line" },
  void: { rank: 3, button: "outline", icon: "ri-forbid-line" },
}

// typed keeps what stands in the inputs of a case while it is drawn anew, which
// happens whenever somebody else changes it.
const typed = new Map()
const caseOf = (service, record) => [service.name, record.id, record.status].join("/")

// decision holds what a reviewer is about to decide: the reply, and the rows and
// fields that an action they may take lets them write.
export function decision(file, tools) {
  const { data, service } = file
  const local = store({ reply: "", busy: "", error: "", stale: false, problems: {}, drafts: {}, values: {} })
  const written = new Set((data.actions || []).filter((a) => a.allowed).flatMap((a) => a.fields || []))
  const schemas = (service.rows || []).filter((r) => r.by != "candidate" && written.has(r.name))
  for (const schema of schemas) local.drafts[schema.name] = draftRows(schema, data.rows || {})
  const fields = (service.fields || []).filter((f) => f.by != "candidate" && written.has(f.name))
  const kept = typed.get(caseOf(service, data.record)) || {}
  for (const field of fields) local.values[field.name] = kept[field.name] ?? begun(field, data.record[field.name])
  return { file, tools, local, schemas, fields, uploads: new Map() }
}

// begun is what stands in an input before anybody types: no amount is no zero.
function begun(field, value) {
  if (field.input == "money") return value ? (value / 100).toFixed(2) : ""
  return field.type == "file" ? "" : value ?? ""
}

// sentAs is what was typed as the server wants it.
function sentAs(field, value) {
  return field.input == "money" ? toFen(value ?? "") : String(value ?? "").trim()
}

// editors draws what there is to fill in.
export function editors({ file, local, schemas, fields, uploads }) {
  const keep = () => typed.set(caseOf(file.service, file.data.record), { ...local.values })
  const rows = schemas.map((schema) => section(text(schema.label),
    rowsEditor(schema, local.drafts[schema.name], () => local.problems),
    () => wrong(local.problems[schema.name])))
  return fields.length ? [section(say("to_record"), fieldsEditor(fields, local.values, () => local.problems, keep, uploads)), ...rows] : rows
}

// mayReply reports whether the candidate gets to read a reply with the action.
const mayReply = (action) => action.needs_reply || action.may_reply !== false

// lookOf chooses the look. An action inside the authority that needs a reason
// goes back, not on.
function lookOf(service, action) {
  const tone = stateOf(service, action.to).tone
  return looks[tone == "waiting" && action.needs_reply ? "action" : tone] || looks.void
}

// actionsPanel draws the claim, the reply and the buttons.
export function actionsPanel(panel) {
  const look = (action) => lookOf(panel.file.service, action)
  const actions = [...(panel.file.data.actions || [])].sort((a, b) => look(a).rank - look(b).rank)
  return t.section({ className: "desk-section desk-actions", "html-data-unsaved": () => (panel.local.reply.trim() ? "1" : undefined) },
    t.h6(null, say("decide")),
    claim(panel, panel.file.who),
    () => (panel.local.error ? notice(panel) : null),
    actions.length ? [actions.some(mayReply) ? reply(panel) : null, t.div({ className: "desk-buttons" }, actions.map((a) => button(panel, a, look(a))))]
      : t.p({ className: "txt-hint desk-nothing" }, say("nothing_to_do")))
}

function notice({ local, tools }) {
  return t.div({ className: "alert " + (local.stale ? "warning" : "danger") + " desk-notice", role: "alert" },
    t.span(null, local.error),
    local.stale ? t.button({ type: "button", className: "btn sm outline", onclick: tools.load }, say("refresh")) : null)
}

function claim(panel, who) {
  const { data } = panel.file
  const mine = data.claimed_by && data.claimed_by == who.id
  if (!data.claimed_by && !(data.actions || []).length) return null
  return t.div({ className: "desk-claim " + (mine ? "mine" : data.claimed_by ? "other" : "") },
    t.i({ className: mine ? "ri-user-follow-line" : data.claimed_by ? "ri-user-line" : "ri-user-add-line", ariaHidden: true }),
    t.span(null, mine ? say("claimed_by_me") : data.claimed_by ? say("claimed_by", { name: data.claimed_name }) : say("unclaimed")),
    mine ? claimButton(panel, "release") : data.claimed_by ? null : claimButton(panel, "claim"))
}

function claimButton(panel, verb) {
  const { local, tools, file } = panel
  return t.button({
    type: "button", className: () => "btn sm " + (verb == "claim" ? "outline" : "secondary") + (local.busy == verb ? " loading" : ""),
    disabled: () => !!local.busy,
    onclick: async () => {
      local.busy = verb
      try {
        const answer = await app.pb.send(`${tools.path}/${verb}`, { method: "POST", requestKey: null })
        tools.renew({ ...file.data.record, rev: answer.rev })
        app.toasts.success(say(verb + "_done"))
        local.busy = ""
        await tools.load()
      } catch (err) {
        refuse(local, err)
      }
    },
  }, t.span({ className: "txt" }, say(verb)))
}

function reply(panel) {
  const { local, file } = panel
  const canned = file.data.canned || []
  return t.div({ className: () => "desk-input desk-reply " + (local.problems.reply ? "wrong" : "") },
    t.div({ className: "desk-reply-head" },
      t.label({ htmlFor: "desk_reply" }, say("reply"), t.small({ className: "txt-hint" }, say("reply_hint"))),
      canned.length
        ? t.select({
          className: "desk-select sm", ariaLabel: say("canned"),
          onchange: (e) => {
            local.reply = local.reply.trim() ? local.reply.trim() + "\n" + e.target.value : e.target.value
            e.target.value = ""
            delete local.problems.reply
          },
        }, t.option({ value: "" }, say("canned")), grouped(canned, file.data.actions || []))
        : null),
    t.textarea({
      id: "desk_reply", rows: 4, maxLength: 500, value: () => local.reply,
      oninput: (e) => {
        local.reply = e.target.value
        delete local.problems.reply
      },
    }),
    t.div({ className: "desk-under" },
      () => wrong(local.problems.reply) || t.span(),
      () => t.small({ className: "txt-hint" }, `${[...local.reply].length} / 500`)))
}

// grouped lists the canned replies by the action they are for.
function grouped(canned, actions) {
  const groups = new Map()
  for (const reply of canned) {
    if (!groups.has(reply.action)) groups.set(reply.action, [])
    groups.get(reply.action).push(t.option({ value: reply.text }, reply.text.length > 40 ? reply.text.slice(0, 40) + "…" : reply.text))
  }
  return [...groups].map(([action, options]) => {
    const label = text(actions.find((a) => a.action == action)?.label)
    return label ? t.optgroup({ label }, options) : options
  })
}

function button(panel, action, look) {
  const { local } = panel
  const reason = action.allowed ? "" : explain(action.problem)
  return t.div({ className: "desk-button" },
    t.button({
      type: "button", className: () => `btn ${look.button} ${local.busy == action.action ? "loading" : ""}`,
      disabled: () => !!local.busy || !action.allowed, title: reason, onclick: () => ask(panel, action),
    }, t.i({ className: look.icon, ariaHidden: true }), t.span({ className: "txt" }, text(action.label))),
    reason ? t.small({ className: "txt-hint" }, t.i({ className: "ri-information-line", ariaHidden: true }), " ", reason) : null)
}

// ask looks for what is missing before it asks whether the reviewer is sure.
function ask(panel, action) {
  const { local, file, schemas, fields } = panel
  local.error = ""
  const body = { rev: file.data.record.rev, status: action.to }
  const problems = {}
  if (action.needs_reply && !local.reply.trim()) problems.reply = { message: say("reply_first") }
  if (local.reply.trim() && mayReply(action)) body.reply = local.reply.trim()
  for (const schema of schemas.filter((s) => action.fields?.includes(s.name))) {
    const sent = sendRows(schema, local.drafts[schema.name])
    body[schema.name] = sent.rows
    Object.assign(problems, sent.problems)
  }
  for (const field of fields.filter((f) => action.fields?.includes(f.name))) {
    if (field.type != "file") body[field.name] = sentAs(field, local.values[field.name])
    else if (panel.uploads.has(field.name)) body[field.name] = panel.uploads.get(field.name)
  }
  local.problems = problems
  if (Object.keys(problems).length) return reveal()
  app.modals.confirm(question(panel, action, body), () => act(panel, action, body), null, {
    className: "sm desk-confirm", yesButton: text(action.label), noButton: say("cancel"),
  })
}

// question asks once more, with what the candidate will read.
function question({ file, local }, action, body) {
  const { number } = file.data.record
  return t.div({ className: "desk-question" },
    t.h6(null, text(action.confirm) || say("confirm", { number, action: text(action.label) })),
    body.reply ? [t.small({ className: "txt-hint" }, say("reads")), t.blockquote(null, body.reply)] : null,
    local.reply.trim() && !body.reply ? t.small({ className: "txt-hint" }, say("no_reply")) : null)
}

// reveal shows the first problem, once it is drawn.
function reveal() {
  setTimeout(() => {
    const first = document.querySelector(".desk-case .wrong")
    first?.scrollIntoView({ block: "center", behavior: "smooth" })
    first?.querySelector("input, select, textarea")?.focus({ preventScroll: true })
  }, 50)
}

async function act(panel, action, body) {
  const { local, file, tools } = panel
  local.busy = action.action
  const mine = caseOf(file.service, file.data.record)
  try {
    const record = await app.pb.send(`/api/collections/${file.service.name}/records/${file.data.record.id}`, { method: "PATCH", body, requestKey: null })
    local.busy = ""
    typed.delete(mine)
    app.toasts.success(say("done", { action: text(action.label) }))
    tools.renew(record)
    await tools.load()
  } catch (err) {
    refuse(local, err, panel.fields)
  }
}

// refuse shows why the server said no, beside what it is about.
function refuse(local, err, fields = []) {
  local.busy = ""
  if (err.isAbort) return
  const problems = flat(err.response?.data)
  const other = problems.claimed_by
  local.stale = err.status == 409 || err.status == 404
  local.problems = problems
  if (other) local.error = explain({ ...other, params: { ...other.params, name: other.params?.name || say("somebody") } })
  else if (local.stale) local.error = say("stale")
  else local.error = [...new Set(general(problems, fields))].join("；") || (Object.keys(problems).length ? say("check") : explain(err.response) || say("not_done"))
  reveal()
}

// flat turns nested errors into flat keys: {items: {0: {reason: …}}} is items.0.reason.
function flat(data, prefix = "") {
  const all = {}
  for (const [name, value] of Object.entries(data || {})) {
    if (value?.code) all[prefix + name] = value
    else if (value && typeof value == "object") Object.assign(all, flat(value, prefix + name + "."))
  }
  return all
}

// general returns the sentences of the errors that stand beside no input.
const general = (problems, fields) =>
  Object.entries(problems).filter(([name]) => name != "reply" && !name.includes(".") && !fields.some((f) => f.name == name)).map(([, problem]) => explain(problem))
