// One certificate: what stands on it, what became of it, and what those who
// issue certificates can do about it.
import { openFile, send, word } from "./certwork.js"
import { when } from "./format.js"
import { section, wrong } from "./parts.js"
import { explain, idType, say } from "./words.js"

const tones = { valid: "done", replaced: "void", revoked: "failed", cancelled: "void" }

// certificateView shows the certificate with an id.
export function certificateView(id, writes) {
  const data = store({ certificate: null, history: [], void_file: false, form: "", problems: {}, busy: false, failed: "" })
  const load = async () => {
    try {
      Object.assign(data, await send("GET", "/" + id))
    } catch (err) {
      data.failed = err.message || say("load_failed")
    }
  }
  // act sends what was decided and shows what came of it.
  const act = async (path, body) => {
    data.busy = true
    data.problems = {}
    try {
      await send("POST", path, body)
      data.form = ""
      await load()
    } catch (err) {
      data.problems = err.response?.data || {}
      const shown = ["reason", "document", "file", "print_no"]
      const other = Object.entries(data.problems).find(([field]) => !shown.includes(field))
      if (other || !Object.keys(data.problems).length) app.toasts.error(other ? explain(other[1]) : err.message)
    }
    data.busy = false
  }
  return t.div({ className: "desk-certificate", onmount: load },
    () => (data.failed ? t.div({ className: "alert danger" }, data.failed) : null),
    () => (data.certificate ? facts(data.certificate, data.void_file) : t.div({ className: "skeleton-loader" })),
    () => (data.certificate ? actions(data, writes, act) : null),
    () => (data.history.length ? past(data.history) : null))
}

const facts = (r, decided) => section(r.title,
  t.p(null, t.span({ className: "desk-chip tone-" + (tones[r.status] || "void") }, word("status", r.status)), " ",
    r.distribution ? t.span({ className: "desk-chip tone-waiting" }, word("distribution", r.distribution)) : null),
  t.dl({ className: "desk-facts" }, [
    ["name", r.name], ["id_type", idType(r.id_type)], ["id_number", r.id_number], ["gender", word("gender", r.gender)], ["birth_date", r.birth_date],
    ["level", r.level], ["specialty", r.specialty], ["approve_date", r.approve_date], ["number_of", r.number], ["print_no", r.print_no],
    ["issuer", r.issuer], ["medium", word("medium", r.medium)], ["reissue_date", r.reissue_date], ["void_reason", r.void_reason], ["void_document", r.void_document],
  ].filter(([, value]) => value).flatMap(([name, value]) => [t.dt(null, say(name)), t.dd({ title: points(name, value) }, value)])),
  decided ? t.button({ type: "button", className: "btn sm outline", onclick: () => openFile(`/api/portal/desk/certificates/${r.id}/void-file?inline`) },
    t.i({ className: "ri-file-text-line", ariaHidden: true }), t.span({ className: "txt" }, say("void_file_show"))) : null)

// points spells a name out, so that nobody takes one character for another.
const points = (name, value) =>
  name == "name" ? [...value].map((c) => "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")).join(" ") : ""

// actions are the buttons that fit the state of the certificate.
function actions(data, writes, act) {
  const r = data.certificate
  const button = (words, icon, onclick) => t.button({ type: "button", className: "btn sm outline", onclick },
    t.i({ className: icon, ariaHidden: true }), t.span({ className: "txt" }, say(words)))
  const open = (form) => () => ((data.problems = {}), (data.form = data.form == form ? "" : form))
  const valid = r.status == "valid"
  if (!writes || !valid) return null
  return section(say("certificate_work"),
    t.div({ className: "desk-filters" },
      button("pdf_preview", "ri-file-pdf-2-line", () => openFile(`/api/portal/certificates/${r.id}/pdf?inline`)),
      r.medium != "electronic" && !r.print_no ? button("register_print_no", "ri-printer-line", open("print")) : null,
      ["making", "returned_mail"].includes(r.distribution) ? button("make_ready", "ri-inbox-archive-line", () => act("/distribution", { ids: [r.id], to: "ready" })) : null,
      r.distribution == "ready" ? button("hand_over", "ri-hand-heart-line", () => act("/distribution", { ids: [r.id], to: "collected" })) : null,
      button("revoke", "ri-forbid-line", open("revoke")), button("cancel_certificate", "ri-close-circle-line", open("cancel"))),
    () => (data.form == "print" ? printForm(r, data, act) : null),
    () => (["revoke", "cancel"].includes(data.form) ? voidForm(r, data, act) : null))
}

const printForm = (r, data, act) => t.form({
  className: "desk-form", onsubmit: (e) => {
    e.preventDefault()
    act(`/${r.id}/print-numbers`, { print_no: new FormData(e.target).get("print_no") })
  },
},
  t.label(null, t.span(null, say("print_no")), t.input({ type: "text", name: "print_no", required: true, autocomplete: "off" })), () => wrong(data.problems.print_no),
  t.button({ className: () => "btn " + (data.busy ? "loading" : "") }, say("register_print_no")))

// voidForm asks for the decision, and once more before a certificate is void.
function voidForm(r, data, act) {
  const action = data.form
  const words = say(action == "revoke" ? "revoke" : "cancel_certificate")
  const ask = (e) => {
    e.preventDefault()
    const form = new FormData(e.target)
    if (!form.get("file")?.size) form.delete("file")
    app.modals.confirm(say("void_sure", { number: r.number, action: words }), () => act(`/${r.id}/${action}`, form), null, { yesButton: words, noButton: say("cancel") })
  }
  return t.form({ className: "desk-form", onsubmit: ask },
    t.label(null, t.span(null, say("void_reason")), t.textarea({ name: "reason", rows: 3, required: true })), () => wrong(data.problems.reason),
    t.label(null, t.span(null, say("void_document")), t.input({ type: "text", name: "document", required: true })), () => wrong(data.problems.document),
    t.label(null, t.span(null, say("void_file")), t.input({ type: "file", name: "file", accept: ".pdf,.jpg,.jpeg,.png" })), () => wrong(data.problems.file),
    t.button({ className: () => "btn danger " + (data.busy ? "loading" : "") }, words))
}

const past = (history) => t.section({ className: "desk-section desk-history" }, t.h6(null, say("history")),
  t.ol(null, history.map((x) => t.li({ className: "tone-" + (x.kind in tones ? "failed" : "done") },
    t.i({ className: "ri-checkbox-blank-circle-line", ariaHidden: true }),
    t.div(null, t.strong(null, word("kind", x.kind)), " ", word("distribution", x.note),
      t.p({ className: "desk-who" }, say("who_" + (x.actor_kind == "candidate" ? "candidate" : x.actor_kind == "system" ? "system" : "authority")), x.who ? " · " + x.who : "", " ",
        t.time(null, when(x.at)), x.leaf ? t.span({ className: "txt-hint" }, " " + say("leaf_no", { n: x.leaf - 1 })) : null))))))
