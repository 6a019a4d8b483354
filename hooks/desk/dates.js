const beijing = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
})

// inBeijing writes the dates of a list in Beijing time. The dashboard writes
// UTC there, while its inputs and everybody who reads them mean local time.
export function inBeijing(view) {
  const write = () => {
    const [day, time] = [view.querySelector(".primary-date"), view.querySelector(".secondary-date")]
    if (!view.classList.contains("short") || !day || !time?.textContent.endsWith("Z")) return
    const [d, hms] = beijing.format(new Date(`${day.textContent}T${time.textContent}`)).split(" ")
    day.textContent = d
    time.textContent = hms
  }
  write()
  new MutationObserver(write).observe(view, { childList: true })
}
