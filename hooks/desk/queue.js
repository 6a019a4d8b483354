// The queue: what waits for me, the oldest first. There are no totals, because
// counting a large table costs more than reading a page of it.
import { shortWhen, since } from "./format.js"
import { me } from "./me.js"
import { marks, stateChip } from "./parts.js"
import { tell } from "./turn.js"
import { say, text } from "./words.js"

const size = 30
const most = 300 // rows that a refresh reads again at most

const noFilter = { service: "", status: "", overdue: false, resubmitted: false, mine: false }

// queuePage is the page #/desk.
export function queuePage() {
  app.store.title = say("queue")
  const data = store({
    who: null, items: [], next: "", loading: true, failed: "", live: false, now: 0, filter: { ...noFilter },
    // What the page shows. Only a change of it draws the page anew, so that a
    // refresh leaves the scroll where it is.
    get view() {
      if (!data.who) return data.failed ? "" : "loading"
      if (!data.who.services.length) return "roles"
      if (data.items.length) return "list"
      if (data.loading) return "loading"
      return isFiltered(data.filter) ? "filtered" : "empty"
    },
  })
  const queue = reader(data)

  return t.div({ className: "page desk-queue", onmount: queue.open, onunmount: queue.close },
    t.div({ className: "page-content full-height" },
      t.header({ className: "page-header" },
        t.nav({ className: "breadcrumbs" }, t.div(null, say("queue")), t.div(null, say("queue_sub"))),
        t.button({
          type: "button", className: "btn circle transparent secondary sm", title: say("refresh"),
          onclick: () => queue.load(),
        }, t.i({ className: () => "ri-refresh-line " + (data.loading ? "desk-spin" : ""), ariaHidden: true })),
        () => (data.live ? t.span({ className: "desk-live" }, say("live")) : null)),
      () => (data.who ? filters(data, queue) : null),
      () => (data.failed ? failure(data, queue) : null),
      () => body(data, queue)))
}

function body(data, queue) {
  switch (data.view) {
    case "loading":
      return skeleton()
    case "roles":
      return empty("ri-shield-user-line", say("no_roles"), say("no_roles_text"))
    case "empty":
      return empty("ri-checkbox-multiple-line", say("empty"), say("empty_text"))
    case "filtered":
      return empty("ri-filter-off-line", say("empty_filtered"), "",
        t.button({ type: "button", className: "btn sm outline", onclick: () => queue.filter({ ...noFilter }) }, say("clear")))
    case "list":
      return t.div({ className: "desk-table" }, table(data, queue), () => (data.next ? moreButton(data, queue) : null))
  }
  return null
}

const moreButton = (data, queue) =>
  t.button({
    type: "button", className: () => "btn block secondary desk-more " + (data.loading ? "loading" : ""),
    onclick: () => queue.more(),
  }, t.span({ className: "txt" }, say("more")))

const isFiltered = (filter) => Object.values(filter).some(Boolean)

// reader loads the queue and keeps it fresh while the page is open.
function reader(data) {
  let timer, clock, unsubscribe = [], asked = 0

  async function read(limit, after) {
    const turn = ++asked
    data.loading = true
    try {
      const answer = await app.pb.send("/api/portal/desk/queue", { requestKey: null, query: query(data.filter, limit, after) })
      if (turn != asked) return // a later question is under way
      data.items = after ? [...data.items, ...answer.items] : answer.items
      data.next = answer.next || ""
      data.failed = ""
    } catch (err) {
      if (turn == asked) data.failed = err.message || say("load_failed")
    }
    if (turn == asked) data.loading = false
  }

  const queue = {
    load: () => read(Math.min(Math.max(size, data.items.length), most)),
    more: () => read(size, data.next),
    filter(changes) {
      Object.assign(data.filter, changes)
      data.items = []
      return read(size)
    },
    // soon answers a burst of changes with one question.
    soon() {
      clearTimeout(timer)
      timer = setTimeout(() => document.hidden || queue.load(), 800)
    },
    async open() {
      try {
        data.who = await me()
      } catch (err) {
        data.failed = err.message || say("load_failed")
        data.loading = false
        return
      }
      await read(size)
      document.addEventListener("record:save", queue.soon)
      document.addEventListener("visibilitychange", queue.soon)
      clock = setInterval(() => {
        data.now = Date.now()
        if (!document.hidden) queue.load()
      }, 30000)
      await subscribe()
    },
    close() {
      clearTimeout(timer)
      clearInterval(clock)
      document.removeEventListener("record:save", queue.soon)
      document.removeEventListener("visibilitychange", queue.soon)
      for (const stop of unsubscribe) stop()
      unsubscribe = []
    },
  }

  // Live where it can be; the half minute above is right always.
  async function subscribe() {
    for (const service of data.who.services) {
      try {
        unsubscribe.push(await app.pb.collection(service.name).subscribe("*", queue.soon))
        data.live = true
      } catch {
        data.live = false
      }
    }
  }
  return queue
}

function query(filter, limit, after) {
  const asked = { limit }
  if (after) asked.after = after
  if (filter.service) asked.service = filter.service
  if (filter.status) asked.status = filter.status
  for (const flag of ["overdue", "resubmitted", "mine"]) if (filter[flag]) asked[flag] = 1
  return asked
}

function filters(data, queue) {
  const services = data.who.services
  const flag = (name, icon) =>
    t.button({
      type: "button", className: () => "desk-toggle " + (data.filter[name] ? "active" : ""),
      ariaPressed: () => String(data.filter[name]), onclick: () => queue.filter({ [name]: !data.filter[name] }),
    }, t.i({ className: icon, ariaHidden: true }), t.span(null, say(name)))

  return t.div({ className: "desk-filters" },
    services.length > 1
      ? t.select({ className: "desk-select", ariaLabel: say("service"), value: () => data.filter.service, onchange: (e) => queue.filter({ service: e.target.value, status: "" }) },
        t.option({ value: "" }, say("all_services")), services.map((s) => t.option({ value: s.name }, text(s.title))))
      : t.span({ className: "desk-one" }, text(services[0]?.title)),
    () => t.select({ className: "desk-select", ariaLabel: say("status"), value: data.filter.status, onchange: (e) => queue.filter({ status: e.target.value }) },
      t.option({ value: "" }, say("all_states")),
      states(services, data.filter.service).map((s) => t.option({ value: s.name, selected: s.name == data.filter.status }, text(s.title)))),
    t.span({ className: "desk-gap" }),
    flag("overdue", "ri-alarm-warning-line"), flag("resubmitted", "ri-repeat-line"), flag("mine", "ri-user-follow-line"))
}

// states lists the states that wait for the authority, once each, in order.
function states(services, chosen) {
  const all = new Map()
  for (const service of services) {
    if (chosen && service.name != chosen) continue
    for (const state of service.states) if (state.waits_for == "authority" && !all.has(state.name)) all.set(state.name, state)
  }
  return [...all.values()]
}

function table(data, queue) {
  const heads = ["number", "service", "candidate", "exam", "status", "submitted", "waiting", "marks"]
  return t.table({ className: "responsive-table" },
    t.thead(null, t.tr(null, heads.map((h) => t.th({ className: "desk-col-" + h }, say(h))), t.td({ className: "min-width", ariaHidden: true }))),
    t.tbody(null, () => data.items.map((item) => row(data, queue, item, heads))))
}

function row(data, queue, item, heads) {
  const service = data.who.services.find((s) => s.name == item.service)
  const open = () => openCase(item, data, queue)
  const cells = {
    number: () => t.span({ className: "desk-number" }, item.number),
    service: () => text(service?.title) || item.service,
    candidate: () => item.owner_name,
    exam: () => text(item.session_title),
    status: () => stateChip(service, item.status),
    submitted: () => t.span({ className: "txt-nowrap" }, shortWhen(item.submitted)),
    waiting: () => t.span({ className: "txt-nowrap " + (item.overdue ? "txt-danger" : "") }, () => data.now >= 0 && since(item.changed || item.submitted)),
    marks: () => t.div({ className: "desk-marks" }, marks(item, data.who.id)),
  }
  return t.tr({
    rid: item.id + item.rev + item.status + item.claimed_by + item.overdue, className: "handle", tabIndex: 0, onclick: open,
    onkeydown: (e) => e.key == "Enter" && open(),
  },
    heads.map((h) => t.td({ className: "desk-col-" + h, "html-data-name": say(h) }, cells[h]())),
    t.td({ className: "col-meta" }, t.i({ className: "ri-arrow-right-line", ariaHidden: true })))
}

// openCase opens the form of an application, in which case.js draws the case.
async function openCase(item, data, queue) {
  let collection = app.store.collections.find((c) => c.name == item.service)
  if (!collection) {
    await app.store.loadCollections()
    collection = app.store.collections.find((c) => c.name == item.service)
  }
  if (!collection) return app.toasts.error(say("load_failed"))

  const behind = data.items.slice(data.items.findIndex((i) => i.id == item.id) + 1).map((i) => i.id)
  const next = () => data.items.find((i) => behind.includes(i.id)) || null
  let after = null
  tell({
    id: item.id,
    next,
    go() {
      after = next()
      app.modals.close()
    },
  })
  app.modals.openRecordUpsert(collection, { id: item.id, collectionName: item.service }, {
    onbeforeclose: async (form) => {
      const leave = await mayLeave(form)
      if (!leave) after = null
      return leave
    },
    onafterclose() {
      queue.soon()
      if (after) openCase(after, data, queue)
    },
  })
}

// mayLeave asks before a reply is lost that somebody has typed.
function mayLeave(form) {
  if (!form.querySelector(".desk-actions[data-unsaved]")) return true
  return new Promise((answer) =>
    app.modals.confirm(say("leave"), () => answer(true), () => answer(false), { yesButton: say("leave_yes"), noButton: say("cancel") }))
}

function failure(data, queue) {
  return t.div({ className: "alert danger desk-failure" }, t.span(null, say("load_failed"), "：", data.failed),
    t.button({ type: "button", className: "btn sm outline", onclick: () => (data.who ? queue.load() : queue.open()) }, say("retry")))
}

const skeleton = () =>
  t.div({ className: "desk-skeleton" }, [1, 2, 3, 4, 5, 6].map(() => t.div({ className: "skeleton-loader" })))

const empty = (icon, title, words, more) =>
  t.div({ className: "desk-empty" }, t.i({ className: icon, ariaHidden: true }), t.h6(null, title), words ? t.p(null, words) : null, more)
