// The words of the page, in Chinese and English.

const words = {
  title: ["证书核验（可离线）", "Check a certificate (works offline)"],
  lead: ["粘贴证书二维码中的网址，或选择一张二维码照片。核验在您的设备上完成，内容不会上传。",
    "Paste the address from the QR code of a certificate, or choose a photo of the code. Everything is checked on your device; nothing is sent."],
  code: ["二维码内容", "Content of the QR code"],
  hint: ["以 HTTPS://…/V/ 开头的网址，或其后的字母和数字", "The address that begins with HTTPS://…/V/, or the letters and digits after it"],
  check: ["核验", "Check"],
  photo: ["选择照片或拍照", "Choose or take a photo"],
  language: ["English", "中文"],
  home: ["返回首页", "Home"],
  brand: ["考生服务大厅", "ExamHall"],
  authority: ["人事考试中心", "Personnel Examination Centre"],
  skip: ["跳到主要内容", "Skip to main content"],
  result: ["核验结果", "Result"],
  data: ["核验依据", "What it was checked with"],
  footer: ["本页打开一次后，断网也能使用。", "After one visit this page works without a network."],

  ok: ["签名真实，内容未被改动", "Genuine: signed by the authority and not changed"],
  okText: ["以下内容由签发单位签名。请与手中的证书逐项对照。", "The authority signed what is shown below. Compare it with the certificate in your hand, line by line."],
  void: ["签名真实，但此证书已作废", "Genuine, but no longer valid"],
  voidText: ["该证书已补发、撤销或注销。原因请联网查看。", "It was replaced, revoked or cancelled. Go online to see why."],
  expired: ["签名真实，但加注已过期", "Genuine, but the annotated copy has expired"],
  expiredText: ["该副本只在加注有效期内使用，请持证人重新加注。", "The copy may be used until its date only. Ask the holder for a new one."],
  old: ["签名真实，状态请联网核对", "Genuine; check its status online"],
  oldText: ["本机的作废名单比这本证书旧，或者已超过 7 天。", "The list of void certificates on this device is older than the certificate, or older than 7 days."],
  malformed: ["无法识别", "Not readable"],
  malformedText: ["这不是证书二维码的内容，或缺少一部分。请完整复制，或换一张清晰的照片。", "This is not the content of a certificate's QR code, or a part is missing. Copy all of it, or use a sharper photo."],
  signature: ["内容与签名不符，请勿采信", "The signature does not fit: do not trust it"],
  signatureText: ["内容可能被改动过，也可能抄录有误。请直接扫描证书原件上的二维码再试；仍不符请联系签发单位。", "Something was changed, or copied wrongly. Scan the code on the original; if it still does not fit, ask the authority."],
  issuer: ["不是本单位签发的证书", "Not issued by this authority"],
  issuerText: ["二维码自称由 {issuer} 签发，请到该单位核验。本页无法判断其真伪。", "The code says that {issuer} issued it: check it there. This page cannot tell whether that is true."],
  key: ["签名密钥未知", "Unknown signing key"],
  keyText: ["二维码自称由本单位签发，但所用密钥不在本机的公钥表中。请联网刷新本页后再试；仍未知的，请勿采信。", "The code claims to be ours, but its key is not in the list on this device. Go online, reload and try again; if it is still unknown, do not trust it."],
  unsupported: ["此浏览器不能离线核验", "This browser cannot check offline"],
  unsupportedText: ["浏览器不支持 Ed25519 签名，请换用较新的浏览器，或联网核验。", "It does not know Ed25519 signatures. Use a newer browser, or check online."],
  noKeys: ["本机还没有公钥", "No public keys on this device yet"],
  noKeysText: ["请联网打开本页一次。", "Open this page once with a network."],
  noCode: ["照片中没有找到二维码", "No QR code in the photo"],
  noCodeText: ["请对准二维码、避免反光，让二维码占满画面后重拍。", "Hold the camera straight, avoid reflections, and let the code fill the picture."],

  name: ["姓名", "Name"],
  idNumber: ["证件号码", "ID number"],
  gender: ["性别", "Sex"],
  male: ["男", "Male"],
  female: ["女", "Female"],
  born: ["出生年月", "Born"],
  title_: ["资格名称", "Qualification"],
  level: ["级别", "Level"],
  specialty: ["专业", "Specialty"],
  number: ["管理号", "Certificate number"],
  printNo: ["印制号", "Print number"],
  approved: ["批准日期", "Approved"],
  issuedBy: ["签发单位", "Issued by"],
  reissued: ["补发日期", "Reissued"],
  purpose: ["用途", "Purpose"],
  recipient: ["使用单位", "For"],
  expires: ["加注有效期至", "Valid until"],
  issued: ["签名时间", "Signed"],

  keysAt: ["公钥更新于", "Public keys fetched"],
  listAt: ["名单签发于", "List of void certificates signed"],
  never: ["尚未获取", "never"],
  later: ["此后状态可能已有变化。", "The status may have changed since."],
  online: ["联网查看今天的状态", "See today's status online"],
}

// lang is that of the address, else the one of last time.
export const lang = (() => {
  const asked = new URLSearchParams(location.search).get("lang")
  try {
    if (asked) localStorage.setItem("lang", asked === "en" ? "en" : "zh")
    return localStorage.getItem("lang") === "en" ? "en" : "zh"
  } catch (err) {
    return asked === "en" ? "en" : "zh"
  }
})()

// t answers words in the language of the page.
export const t = (key, params = {}) => words[key][lang === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name) => params[name] || whole)

// day writes a date or a month as people read it, and a moment with its time in Beijing.
export function day(value) {
  const moment = value instanceof Date
  const whole = moment || value.length > "2006-01".length
  const style = { year: "numeric", month: "long", day: whole ? "numeric" : undefined, timeZone: moment ? "Asia/Shanghai" : "UTC" }
  if (moment) Object.assign(style, { hour: "2-digit", minute: "2-digit", hour12: false })
  const date = moment ? value : new Date(value + (whole ? "T00:00:00Z" : "-01T00:00:00Z"))
  return isNaN(date) ? String(value) : date.toLocaleString(lang === "en" ? "en-GB" : "zh-CN", style)
}
