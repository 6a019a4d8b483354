import { html, useState } from "../vendor/preact.mjs"
import { download } from "./api.js"
import { t } from "./i18n.js"
import { Icon, Notice, sentence } from "./ui.js"

// Papers are what the authority gives in writing about an application: the receipt,
// and the decision when there is one.
export function Papers({ service, detail }) {
  const [busy, problem, fetchPaper] = useDownload()
  const names = { receipt: "receipt_get", letter: "letter_get" }
  const papers = (detail.papers || []).filter((paper) => names[paper])
  if (!papers.length) return null
  const get = (paper) => fetchPaper(`/api/portal/applications/${service.name}/${detail.record.id}/${paper}`, `${t(names[paper] + "_name")}-${detail.number}.pdf`)
  return html`
    <div class="papers no-print">
      <p class="actions">${papers.map((paper) => html`
        <button type="button" class="button button--second" key=${paper} aria-disabled=${busy ? "true" : undefined} onClick=${() => get(paper)}><${Icon} name="file-pdf-2-line" />${t(names[paper])}</button>`)}</p>
      ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
    </div>`
}

// Blank offers the form that a slot wants signed, printed with what the page holds
// at the moment. Nothing is sent in by it.
export function Blank({ service, slot, model }) {
  const [busy, problem, fetchPaper] = useDownload()
  if (!slot.blank) return null
  const get = () => fetchPaper(`/api/portal/services/${service.name}/form`, t(slot.blank.title) + ".pdf", Object.assign(model.sketch(), { slot: slot.name }))
  return html`
    <div class="slot__blank">
      <p class="field__hint" id=${slot.name + "-blank"}>${t("blank_hint")}</p>
      <button type="button" class="button button--second" aria-describedby=${slot.name + "-blank"} aria-disabled=${busy ? "true" : undefined} onClick=${get}><${Icon} name="download-2-line" />${t("blank_get")}</button>
      ${problem && html`<${Notice} tone="failed" role="alert">${problem}<//>`}
    </div>`
}

// useDownload fetches one document at a time and says why one does not come.
function useDownload() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState("")
  const run = async (path, name, body) => {
    if (busy) return
    setBusy(true); setProblem("")
    try {
      await download(path, name, body)
    } catch (err) {
      setProblem(sentence(err))
    }
    setBusy(false)
  }
  return [busy, problem, run]
}
