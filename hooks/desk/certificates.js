// The page 证书: which sessions wait for certificates, who was held back and why,
// and one certificate with all that can be done about it.
import { certificateView } from "./certificate.js"
import { openFile, send, word } from "./certwork.js"
import { day, shortWhen } from "./format.js"
import { section, wrong } from "./parts.js"
import { photoButton, photosView } from "./photos.js"
import { stacksView } from "./stacks.js"
import { explain, say } from "./words.js"

const icons = { running: "ri-loader-4-line", paused: "ri-pause-circle-line", done: "ri-checkbox-circle-line", failed: "ri-error-warning-line" }
const tones = { running: "action", paused: "waiting", done: "done", failed: "failed" }

// certificatesPage is the page #/certificates.
export function certificatesPage() {
  app.store.title = say("certificates")
  const data = store({ sessions: [], holds: [], found: null, layouts: [], open: "", form: "", paper: "", failed: "", loading: true, writes: false })
  const page = reader(data)
  return t.div({ className: "page desk-certificates", onmount: page.open, onunmount: page.close },
    t.div({ className: "page-content full-height" },
      t.header({ className: "page-header" },
        t.nav({ className: "breadcrumbs" },
          t.div(null, () => (data.open
            ? t.button({ type: "button", className: "link-primary", onclick: () => ((data.open = ""), page.load()) }, say("certificates"))
            : say("certificates"))),
          () => (data.open ? t.div(null, say("certificate")) : null))),
      () => (data.failed ? t.div({ className: "alert danger" }, data.failed) : null),
      () => (data.open ? certificateView(data.open, data.writes) : t.div(null, search(data), found(data), sessions(data, page), holds(data, page), () => (data.writes ? photosView() : null), layouts(data)))))
}

// reader loads the page and follows the runs while it is open.
function reader(data) {
  let stop, timer
  const page = {
    async load() {
      try {
        const [overview, held] = await Promise.all([send("GET", ""), send("GET", "/holds")])
        data.sessions = overview.items
        data.layouts = overview.layouts
        data.holds = held.items
        data.failed = ""
      } catch (err) {
        data.failed = err.message || say("load_failed")
      }
      data.loading = false
    },
    async open() {
      data.writes = !!app.store.settings?.portal?.roles?.includes("cert")
      await page.load()
      try {
        stop = await app.pb.collection("certificate_batches").subscribe("*", (e) => {
          const session = data.sessions.find((s) => s.id == e.record.session)
          if (session) session.run = e.record
          if (e.record.status != "running") {
            clearTimeout(timer)
            timer = setTimeout(page.load, 500)
          }
        })
      } catch {
        timer = setInterval(page.load, 5000) // correct always, live where it can be
      }
    },
    close() {
      clearTimeout(timer)
      clearInterval(timer)
      stop?.()
    },
  }
  return page
}

function search(data) {
  const ask = async (e) => {
    e.preventDefault()
    try {
      data.found = (await send("GET", "/search?q=" + encodeURIComponent(new FormData(e.target).get("q")))).items
    } catch (err) {
      data.failed = err.message
    }
  }
  return t.form({ className: "desk-filters", role: "search", onsubmit: ask },
    t.input({ type: "search", name: "q", className: "desk-search", placeholder: say("find_certificate"), ariaLabel: say("find_certificate"), minLength: 6, required: true }),
    t.button({ className: "btn sm" }, t.i({ className: "ri-search-line", ariaHidden: true }), t.span({ className: "txt" }, say("find"))))
}

const found = (data) => () => {
  if (!data.found) return null
  if (!data.found.length) return t.p({ className: "desk-section txt-hint" }, say("none_found"))
  return t.table({ className: "responsive-table" },
    t.tbody(null, data.found.map((r) => t.tr({
      className: "handle", tabIndex: 0, onclick: () => (data.open = r.id), onkeydown: (e) => e.key == "Enter" && (data.open = r.id),
    },
      t.td(null, t.span({ className: "desk-number" }, r.number)), t.td(null, r.name), t.td(null, r.title), t.td(null, word("status", r.status)),
      t.td(null, word("distribution", r.distribution))))))
}

const sessions = (data, page) => section(say("sessions"),
  () => (data.loading ? t.div({ className: "skeleton-loader" }) : null),
  () => (!data.loading && !data.sessions.length ? t.p({ className: "txt-hint" }, say("no_sessions")) : null),
  () => t.table({ className: "responsive-table" },
    t.thead(null, t.tr(null, ["exam", "published", "approved", "issued", "held", "progress"].map((h) => t.th(null, say("col_" + h))), t.td({ className: "min-width" }))),
    t.tbody(null, data.sessions.flatMap((s) => [
      t.tr({ rid: s.id },
        t.td(null, s.title), t.td(null, day(s.published)), t.td(null, String(s.approved)), t.td(null, String(s.issued)), t.td(null, String(s.held)),
        t.td(null, () => progress(s, data, page)),
        t.td(null, () => (s.issued
          ? t.button({ type: "button", className: "btn sm outline", ariaExpanded: () => String(data.paper == s.id), onclick: () => (data.paper = data.paper == s.id ? "" : s.id) }, say("stacks")) : null),
        () => (data.writes && s.approved > s.issued && !["running", "paused"].includes(s.run?.status)
          ? t.button({ type: "button", className: "btn sm", onclick: () => (data.form = data.form == s.id ? "" : s.id) }, say("issue_all")) : null))),
      t.tr({ rid: s.id + "form", hidden: () => data.form != s.id },
        t.td({ colSpan: 7 }, () => (data.form == s.id ? batchForm(s, data, page) : null))),
      t.tr({ rid: s.id + "paper", hidden: () => data.paper != s.id },
        t.td({ colSpan: 7 }, () => (data.paper == s.id ? stacksView(s.id, data.writes) : null))),
    ]))))

// progress shows how far the last run of a session is.
function progress(s, data, page) {
  const run = s.run
  if (!run) return null
  const part = run.total ? Math.min(100, Math.floor(((run.issued + run.held) * 100) / run.total)) : 100
  const turn = (action) => async () => {
    try {
      s.run = await send("POST", `/batches/${run.id}/${action}`)
    } catch (err) {
      app.toasts.error(said(err))
    }
  }
  const button = (action) => t.button({ type: "button", className: "btn xs outline", onclick: turn(action) }, say("run_" + action))
  return t.div({ className: "desk-run" },
    t.span({ className: "desk-chip tone-" + tones[run.status] }, t.i({ className: icons[run.status], ariaHidden: true }), t.span(null, say("run_" + run.status))),
    run.status == "done" ? t.span({ className: "txt-hint" }, shortWhen(run.finished)) : t.progress({ max: 100, value: part, ariaLabel: say("col_progress") }),
    t.span({ className: "txt-nowrap" }, `${run.issued + run.held} / ${run.total}`),
    run.problem ? t.span({ className: "txt-danger" }, run.problem) : null,
    data.writes && run.status == "running" ? button("pause") : null,
    data.writes && ["paused", "failed"].includes(run.status) ? button("resume") : null)
}

// batchForm asks for what is printed on all, and starts the run after one more
// question: numbers that are given cannot be taken back.
function batchForm(s, data, page) {
  const local = store({ problems: {}, busy: false })
  const begin = (values) => async () => {
    local.busy = true
    try {
      s.run = await send("POST", "/batches", values)
      data.form = ""
    } catch (err) {
      local.problems = err.response?.data || {}
      if (!Object.keys(local.problems).length) app.toasts.error(said(err))
    }
    local.busy = false
  }
  const ask = (e) => {
    e.preventDefault()
    const values = { session: s.id, ...Object.fromEntries(new FormData(e.target)) }
    app.modals.confirm(say("issue_sure", { title: s.title, n: s.approved - s.issued }), begin(values), null, { yesButton: say("issue_all"), noButton: say("cancel") })
  }
  const media = s.e_cert ? ["both", "paper", "electronic"] : ["paper"]
  return t.form({ className: "desk-form", onsubmit: ask },
    t.label(null, t.span(null, say("approve_date")), t.input({ type: "date", name: "approve_date", required: true })), () => wrong(local.problems.approve_date),
    t.label(null, t.span(null, say("medium")), t.select({ name: "medium" }, media.map((m) => t.option({ value: m }, word("medium", m))))), () => wrong(local.problems.medium),
    t.label(null, t.span(null, say("layout")), t.select({ name: "layout" }, t.option({ value: "" }, say("layout_own")), data.layouts.map((l) => t.option({ value: l }, l)))),
    () => ["layout", "session", "issuer", "number_rule", "specialty"].map((field) => wrong(local.problems[field])),
    t.button({ className: () => "btn " + (local.busy ? "loading" : "") }, say("issue_all")),
    t.button({ type: "button", className: "btn outline", onclick: () => (data.form = "") }, say("cancel")))
}

const holds = (data, page) => () => {
  if (!data.holds.length) return null
  return section(say("holds"),
    t.p({ className: "txt-hint" }, say("holds_text")),
    t.table({ className: "responsive-table" },
      t.thead(null, t.tr(null, ["name", "exam", "why", "code"].map((h) => t.th(null, say("col_" + h))), t.td({ className: "min-width" }))),
      t.tbody(null, data.holds.map((h) => t.tr({ rid: h.id },
        t.td(null, h.name), t.td(null, h.title), t.td(null, explain({ code: h.problem, params: h.params })),
        t.td(null, h.params?.hex ? t.code(null, `${h.params.char} U+${h.params.hex}`) : null),
        t.td(null, data.writes
          ? t.div({ className: "desk-run" }, photoButton(h.registration, h.name),
            t.button({ type: "button", className: "btn sm outline", onclick: () => issueOne(h, data, page) }, say("issue_one")))
          : null))))))
}

// issueOne tries again, with what the last run of the session was about.
async function issueOne(h, data, page) {
  const run = data.sessions.find((s) => s.id == h.session)?.run
  try {
    const made = await send("POST", "", { registration: h.registration, approve_date: run?.approve_date, medium: run?.medium, layout: run?.layout })
    data.open = made.id
  } catch (err) {
    app.toasts.error(said(err))
  }
  page.load()
}

const layouts = (data) => () => (data.layouts.length
  ? section(say("layouts"), t.div({ className: "desk-filters" }, data.layouts.map((l) =>
    t.button({ type: "button", className: "btn sm outline", onclick: () => openFile(`/api/portal/desk/certificates/layouts/${l}?inline`) },
      t.i({ className: "ri-eye-line", ariaHidden: true }), t.span({ className: "txt" }, l)))))
  : null)

// said returns the first sentence of an error.
function said(err) {
  const problem = Object.values(err.response?.data || {})[0]
  return (problem && explain(problem)) || err.message
}
