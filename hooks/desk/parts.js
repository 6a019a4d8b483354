import { stateOf } from "./me.js"
import { explain, say, text } from "./words.js"

const icons = {
  waiting: "ri-time-line",
  action: "ri-edit-line",
  done: "ri-checkbox-circle-line",
  failed: "ri-close-circle-line",
  void: "ri-forbid-line",
}

// stateChip shows a state as colour, icon and word, since no one of them is
// enough for everybody.
export function stateChip(service, name) {
  const state = stateOf(service, name)
  return t.span({ className: "desk-chip tone-" + state.tone },
    t.i({ className: icons[state.tone] || icons.void, ariaHidden: true }), t.span(null, text(state.title)))
}

// marks shows what a reviewer should know before opening an item.
export function marks(item, myId) {
  const list = []
  if (item.overdue) list.push(mark("overdue", "ri-alarm-warning-line", say("overdue")))
  if (item.resubmits > 0) list.push(mark("again", "ri-repeat-line", say("nth", { n: item.resubmits + 1 })))
  if (item.claimed_by == myId && myId) list.push(mark("mine", "ri-user-follow-line", say("claimed_me")))
  else if (item.claimed_by) list.push(mark("other", "ri-user-line", say("claimed", { name: item.claimed_name })))
  return list
}

const mark = (kind, icon, words) =>
  t.span({ className: "desk-mark " + kind }, t.i({ className: icon, ariaHidden: true }), t.span(null, words))

// section frames a part of a case.
export function section(title, ...parts) {
  return t.section({ className: "desk-section" }, t.h6(null, title), ...parts)
}

// wrong shows an error beside what it is about, or nothing.
export const wrong = (problem) =>
  problem ? t.p({ className: "desk-wrong", role: "alert" }, explain(problem)) : null
