// The paper of a session: for each run the print numbers of its sheets, and
// handing all of it out at once.
import { send } from "./certwork.js"
import { shortWhen } from "./format.js"
import { wrong } from "./parts.js"
import { explain, say } from "./words.js"

// stacksView shows the runs of a session with paper.
export function stacksView(session, writes) {
  const data = store({ items: null, failed: "", form: "", first: "", count: "", problems: {}, busy: false })
  const load = async () => {
    try {
      data.items = (await send("GET", "/batches?session=" + encodeURIComponent(session))).items
    } catch (err) {
      data.failed = err.message || say("load_failed")
    }
  }
  // act sends what was decided and says what came of it.
  const act = async (path, body, told) => {
    if (data.busy) return
    data.busy = true
    data.problems = {}
    try {
      app.toasts.success(told(await send("POST", path, body)))
      data.form = ""
      await load()
    } catch (err) {
      data.problems = err.response?.data || {}
      const other = Object.entries(data.problems).find(([field]) => field != "first")
      if (other || !data.problems.first) app.toasts.error(other ? explain(other[1]) : err.message)
    }
    data.busy = false
  }
  return t.div({ className: "desk-stacks", onmount: load },
    () => (data.failed ? t.p({ className: "desk-wrong", role: "alert" }, data.failed) : null),
    () => (data.items && !data.items.length ? t.p({ className: "txt-hint" }, say("no_stacks")) : null),
    () => (data.items?.length ? table(data, writes, act) : null))
}

const columns = ["run", "numbers", "sheets", "print_nos", "unnumbered", "making", "ready"]

const table = (data, writes, act) => t.table({ className: "responsive-table" },
  t.thead(null, t.tr(null, columns.map((c) => t.th(null, say("stack_" + c))), t.td({ className: "min-width" }))),
  t.tbody(null, data.items.flatMap((b) => [
    t.tr({ rid: b.id },
      t.td(null, shortWhen(b.started)), t.td(null, range(b.first_number, b.last_number)), t.td(null, String(b.sheets)),
      t.td(null, range(b.first_print_no, b.last_print_no)), t.td(null, String(b.unnumbered)), t.td(null, String(b.making)), t.td(null, String(b.ready)),
      t.td(null, writes ? buttons(b, data, act) : null)),
    t.tr({ rid: b.id + "form", hidden: () => data.form != b.id },
      t.td({ colSpan: columns.length + 1 }, () => (data.form == b.id ? numberForm(b, data, act) : null))),
  ])))

const range = (first, last) => (first ? t.span({ className: "desk-number" }, first == last ? first : `${first} – ${last}`) : "—")

function buttons(b, data, act) {
  const open = () => Object.assign(data, { problems: {}, first: "", count: String(b.unnumbered), form: data.form == b.id ? "" : b.id })
  const ready = () => act("/distribution", { batch: b.id, to: "ready" }, (done) => say("stack_is_ready", { n: done.moved }))
  return t.div({ className: "desk-run" },
    b.unnumbered ? t.button({ type: "button", className: "btn sm outline", onclick: open }, say("register_print_no")) : null,
    b.making ? t.button({
      type: "button", className: "btn sm outline",
      onclick: () => app.modals.confirm(say("stack_sure", { n: b.making }), ready, null, { yesButton: say("make_ready"), noButton: say("cancel") }),
    }, say("make_ready")) : null)
}

// numberForm asks for the number of the first sheet and shows where the stack
// ends before anything is registered: print numbers that are given stay.
const numberForm = (b, data, act) => t.form({
  className: "desk-form", onsubmit: (e) => {
    e.preventDefault()
    act(`/batches/${b.id}/print-numbers`, { first: data.first, count: Number(data.count) || 0 }, (done) => say("stack_numbered", done))
  },
},
  t.label(null, t.span(null, say("first_print_no")),
    t.input({ type: "text", name: "first", required: true, autocomplete: "off", value: () => data.first, oninput: (e) => (data.first = e.target.value) })),
  () => wrong(data.problems.first),
  t.label(null, t.span(null, say("how_many_sheets")),
    t.input({ type: "number", name: "count", required: true, min: 1, max: Math.min(b.unnumbered, 10000), value: () => data.count, oninput: (e) => (data.count = e.target.value) })),
  t.p({ className: "txt-hint", role: "status" }, () => {
    const last = lastOf(data.first, Number(data.count))
    return last ? say("stack_range", { ...last, n: data.count }) : say("stack_range_hint")
  }),
  t.button({ className: () => "btn " + (data.busy ? "loading" : "") }, say("register_print_no")))

// lastOf returns the first and the last print number of a stack, or nothing
// where the first is none or the digits do not suffice.
function lastOf(typed, count) {
  const found = /^([A-Z]{0,4})(\d{6,12})$/.exec(typed.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase())
  if (!found || !(count > 0)) return null
  const last = String(Number(found[2]) + count - 1).padStart(found[2].length, "0")
  return last.length > found[2].length ? null : { first: found[0], last: found[1] + last }
}
