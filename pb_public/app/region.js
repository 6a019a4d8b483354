import { html, useEffect, useState } from "../vendor/preact.mjs"
import { get } from "./api.js"
import { t } from "./i18n.js"

let asked

// regions answers the names of provinces, cities and districts by code, fetched once.
function regions() {
  asked = asked || get("/api/portal/regions").catch((err) => {
    asked = null // so that the next page may ask again
    throw err
  })
  return asked
}

function useRegions() {
  const [names, setNames] = useState(null)
  useEffect(() => {
    let here = true
    regions().then((table) => { if (here) setNames(table) }, () => {})
    return () => { here = false }
  }, [])
  return names
}

const provinceOf = (code) => code.slice(0, 2) + "0000"
const cityOf = (code) => code.slice(0, 4) + "00"
const isCity = (code) => code.endsWith("00") && !code.endsWith("0000")

// below lists the codes right below one.
function below(names, code) {
  const all = Object.keys(names).filter((c) => c !== code)
  if (code.endsWith("0000")) return all.filter((c) => isCity(c) && provinceOf(c) === code).sort()
  return code.endsWith("00") ? all.filter((c) => cityOf(c) === code).sort() : []
}

// Region is three lists that depend on each other: province, city, district. A list
// with one entry chooses by itself, and a city without districts ends the address.
export function Region({ attrs, value, onChange }) {
  const names = useRegions()
  const code = /^\d{6}$/.test(value || "") ? value : ""
  if (!names) return html`<p class="field__hint" role="status">${t("loading")}</p>`
  const province = code && provinceOf(code)
  const cities = province ? below(names, province) : []
  const city = code && !code.endsWith("0000") ? cityOf(code) : ""
  const districts = city ? below(names, city) : []
  const pick = (next) => {
    const only = below(names, next)
    onChange(next.endsWith("0000") && only.length === 1 ? only[0] : next)
  }
  const provinces = Object.keys(names).filter((c) => c.endsWith("0000")).sort()
  return html`
    <div class="regions">
      <${Level} attrs=${attrs} id=${attrs.id} label="province" names=${names} codes=${provinces} value=${province} onPick=${pick} />
      ${cities.length > 1 && html`<${Level} attrs=${attrs} id=${attrs.id + "-city"} label="city" names=${names} codes=${cities} value=${city} onPick=${pick} />`}
      ${districts.length > 0 && html`<${Level} attrs=${attrs} id=${attrs.id + "-district"} label="district" names=${names} codes=${districts} value=${code === city ? "" : code} onPick=${onChange} />`}
    </div>
    ${city && !districts.length && html`<p class="field__hint">${t("no_district", { city: names[city] })}</p>`}`
}

function Level({ attrs, id, label, names, codes, value, onPick }) {
  const pick = (e) => { if (e.target.value) onPick(e.target.value) }
  return html`
    <div class="regions__level">
      <label class="regions__label" for=${id}>${t(label)}</label>
      <select id=${id} name=${id} aria-describedby=${attrs["aria-describedby"]} aria-invalid=${attrs["aria-invalid"]} aria-required=${attrs["aria-required"]} onChange=${pick}>
        <option value="" selected=${!value}>${t("choose")}</option>
        ${codes.map((c) => html`<option key=${c} value=${c} selected=${c === value}>${names[c]}</option>`)}
      </select>
    </div>`
}

const holders = /^(市辖区|县|.*直辖县级行政区划)$/

// RegionName is a place as it stands on an envelope.
export function RegionName({ code }) {
  const names = useRegions()
  if (!names || !names[code]) return code || ""
  const parts = [provinceOf(code), cityOf(code), code].filter((c, i, all) => all.indexOf(c) === i)
  return parts.map((c) => names[c] || "").filter((name, i) => !(parts[i].endsWith("00") && holders.test(name))).join("")
}
