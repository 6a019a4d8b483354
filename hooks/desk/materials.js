// The materials of an application, shown where they are judged.
import { shortWhen } from "./format.js"
import { section } from "./parts.js"
import { say, text } from "./words.js"

const isImage = (file) => file.mime?.startsWith("image/") || /\.(png|jpe?g|gif|webp)$/i.test(file.name)
const isPDF = (file) => file.mime == "application/pdf" || /\.pdf$/i.test(file.name)

// addressOf returns where a file can be read for the next two minutes. Files
// are protected: the token is fetched when it is needed and never stored.
async function addressOf(file) {
  const token = await app.pb.files.getToken({ requestKey: null })
  return app.pb.buildURL(file.url) + (file.url.includes("?") ? "&" : "?") + "token=" + encodeURIComponent(token)
}

// materials lists the files by slot and shows the chosen one.
export function materials(service, data) {
  const files = (data.files || []).map((f) => ({ ...f }))
  if (!files.length) return section(say("materials"), t.p({ className: "txt-hint" }, say("no_materials")))
  const view = store({ shown: 0, url: "", turn: 0, large: false })

  async function show(i) {
    Object.assign(view, { shown: i, turn: 0, large: false, url: "" })
    const url = await addressOf(files[i]).catch(() => "")
    if (view.shown == i) view.url = url
  }

  return section(say("materials"), t.div({ className: "desk-materials", onmount: () => show(0) },
    t.ul({ className: "desk-slots" }, files.map((file, i) => t.li(null, t.button({
      type: "button", className: () => "desk-slot " + (view.shown == i ? "active" : ""), onclick: () => show(i), title: file.name,
    },
      t.i({ className: isPDF(file) ? "ri-file-pdf-2-line" : isImage(file) ? "ri-image-line" : "ri-file-line", ariaHidden: true }),
      t.span(null, text(file.label) || file.slot, nth(files, i)))))),
    t.div({ className: "desk-viewer" },
      t.div({ className: "desk-viewer-bar" },
        () => t.span({ className: "txt-ellipsis txt-hint" }, files[view.shown].name),
        () => (isImage(files[view.shown]) ? [
          tool("ri-clockwise-2-line", say("rotate"), () => (view.turn = (view.turn + 90) % 360)),
          tool("ri-zoom-in-line", say("zoom"), () => (view.large = !view.large)),
        ] : null),
        tool("ri-external-link-line", say("open_tab"), () => openTab(files[view.shown]))),
      () => stage(files[view.shown], view))))
}

// nth numbers the files of a slot that has several.
function nth(files, i) {
  const same = files.filter((f) => f.slot == files[i].slot)
  return same.length > 1 ? ` ${same.indexOf(files[i]) + 1}` : ""
}

const tool = (icon, title, onclick) =>
  t.button({ type: "button", className: "btn circle sm transparent secondary", title, ariaLabel: title, onclick }, t.i({ className: icon, ariaHidden: true }))

function stage(file, view) {
  if (!view.url) return t.div({ className: "desk-stage" }, t.span({ className: "loader" }))
  if (isPDF(file)) return t.div({ className: "desk-stage pdf" }, t.iframe({ src: view.url + "#toolbar=1&navpanes=0&view=FitH", title: file.name }))
  if (isImage(file)) {
    return t.div({ className: () => "desk-stage " + (view.large ? "large" : "") },
      t.img({ src: view.url, alt: text(file.label) || file.name, style: () => `transform: rotate(${view.turn}deg)` }))
  }
  return t.div({ className: "desk-stage" }, t.button({ type: "button", className: "btn sm outline", onclick: () => openTab(file) }, say("open_tab")))
}

// openTab opens the tab at the click, or the browser would block it, and sends
// it to the file when the token is there.
async function openTab(file) {
  const tab = window.open("about:blank", "_blank")
  const url = await addressOf(file).catch(() => "")
  if (!tab) return
  tab.opener = null
  if (url) tab.location.replace(url)
  else tab.close()
}

// replacedFiles lists what the candidate has replaced since.
export function replacedFiles(service, data) {
  if (!data.replaced?.length) return null
  const label = (slot) => text((service.fields || []).find((f) => f.name == slot)?.label) || slot
  return section(say("replaced"), t.ul({ className: "desk-replaced" }, data.replaced.map((file) =>
    t.li(null, t.i({ className: "ri-file-history-line", ariaHidden: true }),
      t.button({ type: "button", className: "link-hint", onclick: () => openTab(file) }, label(file.slot), "：", file.name),
      t.span({ className: "txt-hint" }, say("replaced_at", { at: shortWhen(file.at) }))))))
}
