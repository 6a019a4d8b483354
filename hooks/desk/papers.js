// The papers of an application, as the candidate gets them.
import { section } from "./parts.js"
import { explain, say } from "./words.js"

const names = { receipt: "paper_receipt", letter: "paper_letter" }

// papers offers what has been written to the candidate about an application.
export function papers(path, data) {
  const list = (data.papers || []).filter((paper) => names[paper])
  if (!list.length) return null
  return section(say("papers"), t.div({ className: "desk-papers" }, list.map((paper) =>
    t.button({ type: "button", className: "btn sm outline", onclick: () => fetchPaper(`${path}/${paper}`, `${say(names[paper])}-${data.record.number}.pdf`) },
      t.i({ className: "ri-file-pdf-2-line", ariaHidden: true }), t.span(null, say(names[paper]))))))
}

// fetchPaper saves a paper under a name, or says why there is none.
async function fetchPaper(path, name) {
  const answer = await fetch(app.pb.buildURL(path), { headers: { Authorization: app.pb.authStore.token } }).catch(() => null)
  if (!answer?.ok) {
    const body = await answer?.json().catch(() => null)
    const problem = Object.values(body?.data || {})[0]
    return app.toasts.error(problem ? explain(problem) : say("load_failed"))
  }
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3)
}
