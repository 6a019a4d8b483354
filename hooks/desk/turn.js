// Which case comes next. The dashboard's form knows nothing of the queue it was
// opened from, so the queue leaves word here.
let current = { id: "", next: () => null, go: () => {} }

// tell says which case is open, how to find the next one and how to get there.
export const tell = (turn) => (current = turn)

// nextButton goes on to the next case of the queue, if there is one.
export function nextButton(id, label) {
  if (current.id != id || !current.next()) return null
  return t.button({ type: "button", className: "btn sm secondary desk-next", onclick: () => current.go() },
    t.span({ className: "txt" }, label), t.i({ className: "ri-arrow-right-s-line", ariaHidden: true }))
}
