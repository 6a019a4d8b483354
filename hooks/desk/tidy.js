// What the dashboard leaves lying about, and what staff have no use for.
const root = document.documentElement

// start hides from staff what the server refuses them, and clears personal data
// from the browser when somebody logs out.
export function start(isStaff, isBusiness) {
  app.pb.authStore.onChange((token, record) => {
    if (!record) clearDrafts()
  })
  const guard = () => {
    if (isStaff() && /^#\/(logs|settings)\b/.test(location.hash)) location.hash = "#/desk"
  }
  addEventListener("hashchange", guard)
  guard()
  watch(
    () => isBusiness(app.store.activeCollection),
    (business) => root.classList.toggle("desk-in-business", !!business),
  )
}

// clearDrafts removes the forms that the dashboard keeps half filled in: they
// hold personal data, and the computer may be shared.
function clearDrafts() {
  for (const name of Object.keys(localStorage)) if (name.startsWith("draft_")) localStorage.removeItem(name)
}
