// What the pages of certificates have in common.
import { lang, say } from "./words.js"

const root = "/api/portal/desk/certificates"

// send asks a route of the issuing office.
export const send = (method, path, body) => app.pb.send(root + path, { method, body, requestKey: null })

// openFile shows a PDF in a new tab. It is fetched with the login, which an
// address must not carry.
export async function openFile(url) {
  const tab = window.open("", "_blank")
  try {
    const answer = await fetch(url, { headers: { Authorization: app.pb.authStore.token } })
    if (!answer.ok) throw (await answer.json().catch(() => null)) || { message: say("load_failed") }
    const address = URL.createObjectURL(await answer.blob())
    if (tab) tab.location = address
    setTimeout(() => URL.revokeObjectURL(address), 60000)
  } catch (err) {
    tab?.close()
    app.toasts.error(err.message || say("load_failed"))
  }
}

const words = {
  status: {
    valid: ["有效", "Valid"], replaced: ["已补发，作废", "Replaced"], revoked: ["已撤销", "Revoked"], cancelled: ["已注销", "Cancelled"],
  },
  distribution: {
    making: ["制证中", "Being made"], ready: ["可领取", "Ready"], mailing: ["邮寄申请中", "To be mailed"], shipped: ["已寄出", "Shipped"],
    collected: ["已领取", "Collected"], returned_mail: ["退回", "Returned"],
  },
  medium: { paper: ["纸质", "Paper"], electronic: ["电子", "Electronic"], both: ["纸质和电子", "Paper and electronic"] },
  gender: { male: ["男", "Male"], female: ["女", "Female"] },
  kind: {
    issued: ["制发", "Issued"], reissued: ["补发", "Reissued"], replaced: ["已被补发替代", "Replaced"], revoked: ["撤销", "Revoked"],
    cancelled: ["注销", "Cancelled"], annotated: ["加注", "Annotated"], annotation_withdrawn: ["撤回加注", "Copy withdrawn"],
    downloaded: ["下载", "Downloaded"], printed: ["登记印制号", "Print number"], distributed: ["发放", "Handed out"],
  },
}

// word returns what a value of a column is called.
export const word = (column, value) => words[column]?.[value]?.[lang == "en" ? 1 : 0] || value || ""
