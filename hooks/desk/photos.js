// Photos for certificates that are still to be issued: whose it is, and the file.
import { send } from "./certwork.js"
import { section } from "./parts.js"
import { explain, say } from "./words.js"

// photosView finds a registration by its ticket or by its person, and takes the
// photo.
export function photosView() {
  const data = store({ items: null, failed: "", q: "" })
  const load = async () => {
    try {
      data.items = (await send("GET", "/registrations?q=" + encodeURIComponent(data.q))).items
      data.failed = ""
    } catch (err) {
      data.failed = err.message || say("load_failed")
    }
  }
  const ask = (e) => {
    e.preventDefault()
    data.q = new FormData(e.target).get("ticket")
    load()
  }
  return section(say("photos"),
    t.p({ className: "txt-hint" }, say("photos_text")),
    t.form({ className: "desk-filters desk-photos", onsubmit: ask },
      t.input({ type: "search", name: "ticket", className: "desk-search", placeholder: say("find_registration"), ariaLabel: say("find_registration"), minLength: 6, required: true }),
      t.button({ className: "btn sm" }, t.i({ className: "ri-search-line", ariaHidden: true }), t.span({ className: "txt" }, say("find")))),
    () => (data.failed ? t.p({ className: "desk-wrong", role: "alert" }, data.failed) : null),
    () => (data.items && !data.items.length ? t.p({ className: "txt-hint" }, say("no_registration")) : null),
    () => (data.items?.length ? t.table({ className: "responsive-table" }, t.tbody(null, data.items.map((r) => t.tr({ rid: r.id + r.photo },
      t.td(null, r.name), t.td(null, r.title), t.td(null, t.span({ className: "desk-number" }, r.ticket_no)), t.td(null, say(r.photo ? "photo_there" : "photo_none")),
      t.td(null, r.issued ? t.span({ className: "txt-hint" }, say("photo_printed")) : photoButton(r.id, `${r.name} ${r.title}`, load)))))) : null))
}

// photoButton chooses the photo of a registration and sends it.
export function photoButton(registration, whose, done) {
  const chosen = async (e) => {
    const file = e.target.files[0]
    e.target.value = ""
    if (!file) return
    const body = new FormData()
    body.append("photo", file)
    try {
      await send("POST", `/registrations/${registration}/photo`, body)
      app.toasts.success(say("photo_kept"))
      done?.()
    } catch (err) {
      const problem = Object.values(err.response?.data || {})[0]
      app.toasts.error((problem && explain(problem)) || err.message)
    }
  }
  const input = t.input({ type: "file", accept: ".jpg,.jpeg,image/jpeg", hidden: true, ariaLabel: `${say("photo_upload")} ${whose}`, onchange: chosen })
  return t.span(null, input,
    t.button({ type: "button", className: "btn sm outline", ariaLabel: `${say("photo_upload")} ${whose}`, onclick: () => input.click() }, say("photo_upload")))
}
