// The desk, an extension of PocketBase's dashboard. PocketBase runs this file
// before it starts the router, and does not wait for anything loaded: here
// stands what must be there at once, the rest are modules that load when they
// are needed. The globals app, t, store and watch are the dashboard's.

const load = (file) => import("./extensions/desk/" + file)
const root = document.documentElement

document.head.append(t.link({ rel: "stylesheet", href: "./extensions/desk/desk.css" }))

app.store.mainLogo = app.store.favicon = "./extensions/desk/logo.svg"
app.store.headerLogo = "./extensions/desk/logo-white.svg"

// The words come first, or people would read English for a moment. Should they
// not come at all, the dashboard is shown as it is.
root.classList.add("desk-loading")
const show = () => root.classList.remove("desk-loading")
setTimeout(show, 1500)
load("zh.js").then((m) => m.start()).catch((err) => console.warn("desk: no Chinese words", err)).finally(show)

// isStaff says whether the login is that of a member of staff. Everybody else
// who gets in is an administrator.
const isStaff = () => !!app.store.superuser?.id && app.store.superuser.role != "admin"

// isBusiness recognises the collection of a business by its envelope.
const isBusiness = (collection) =>
  ["number", "owner", "status", "rev"].every((name) => collection?.fields?.some((f) => f.name == name))

// Where everybody starts: who reviews in the queue, the others in the data.
app.routes.fallbackPath = "#/"
app.routes.superuserOnly("#/", async () => {
  location.hash = isStaff() && (await reviews()) ? "#/desk" : "#/collections"
  return app.store.page
})
const certifies = () => !!app.store.settings?.portal?.roles?.some((role) => role == "cert" || role == "auditor")
const reviews = () => load("me.js").then((m) => m.me()).then((who) => who.services.length > 0).catch(() => true)
app.routes.superuserOnly("#/desk", async (route) => (await load("queue.js")).queuePage(route))

app.routes.superuserOnly("#/certificates", async (route) => (await load("certificates.js")).certificatesPage(route))

// Staff find their queue and their collections in the menu, and nothing of what
// the server would refuse them.
const links = [...app.store.headerLinks]
const queueLink = { href: "#/desk", icon: "ri-inbox-2-line", label: "Review queue" }
const certificatesLink = { href: "#/certificates", icon: "ri-award-line", label: "Certificates" }
watch(
  () => (isStaff() ? app.store.superuser.id + certifies() : ""),
  async (staff) => {
    root.classList.toggle("desk-staff", !!staff)
    const issues = certifies() ? [certificatesLink] : []
    app.store.headerLinks = staff ? [queueLink, ...issues, links[0]] : [...links]
    if (staff && !(await reviews())) app.store.headerLinks = [...issues, links[0]]
  },
)
watch(
  () => !!app.store.settings?.portal?.roles?.includes("operator"),
  (operator) => root.classList.toggle("desk-operator", operator),
)
load("tidy.js").then((m) => m.start(isStaff, isBusiness))

// later returns an element that the named function of a module fills in when
// the module is there.
function later(file, name, props) {
  const local = store({ filled: null })
  load(file)
    .then((m) => (local.filled = m[name](props)))
    .catch((err) => {
      console.warn("desk:", file, err)
      local.filled = t.div({ className: "alert danger" }, "页面未能载入，请刷新")
    })
  return t.div({ className: "desk-later" }, () => local.filled ?? t.div({ className: "skeleton-loader" }))
}

// A sealed field: the server shows its mask, and takes a new value only where
// one is typed.
app.fieldTypes.sealed = {
  icon: "ri-lock-2-line",
  label: "Sealed text",
  settings: (props) => app.components.fieldSettings(props, { content: () => later("sealed.js", "settings", props) }),
  input: (props) => later("sealed.js", "input", props),
  view: (props) => app.fieldTypes.text.view(props),
  onrecordsave: (props) => load("sealed.js").then((m) => m.save(props)),
  filterModifiers: () => [],
  dummyData: () => "***",
}

// In the form of an application staff find the case instead of its columns:
// the field "status" draws it, the others draw nothing. What the administrator
// sees is the plain form.
for (const [type, definition] of Object.entries(app.fieldTypes)) {
  const input = definition.input
  if (!input) continue
  definition.input = (props) => {
    if (!isStaff() || !props.originalRecord?.id || !isBusiness(props.collection)) return input(props)
    if (type == "select" && props.field.name == "status") return later("case.js", "caseView", props)
    return t.div({ hidden: true })
  }
}

// The words of states and choices instead of their values, in every list.
const selectView = app.fieldTypes.select.view
app.fieldTypes.select.view = (props) => {
  const view = selectView(props)
  load("labels.js").then((m) => m.relabel(view, props)).catch(() => {})
  return view
}

// Beijing time in every list.
const formattedDate = app.components.formattedDate
app.components.formattedDate = (props) => {
  const view = formattedDate(props)
  load("dates.js").then((m) => m.inBeijing(view)).catch(() => {})
  return view
}
