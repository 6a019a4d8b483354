import { me, stateOf } from "./me.js"
import { schemaWord } from "./zh-schema.js"
import { lang, text } from "./words.js"

// relabel writes the words of choices over their values in a view that the
// dashboard drew. The view is drawn again when the record changes, so it is
// watched until it leaves the page.
export async function relabel(view, props) {
  const collection = props.record?.collectionName
  if (lang == "en" || !collection) return
  const service = (await me().catch(() => null))?.services.find((s) => s.name == collection)
  const word = (value) =>
    service && props.field.name == "status" ? text(stateOf(service, value).title) : schemaWord(props.field.name, value)

  const write = () => {
    for (const label of view.querySelectorAll(".label")) {
      const value = label.title || label.textContent
      const said = word(value)
      if (said && label.textContent != said) {
        label.title = value
        label.textContent = said
      }
    }
  }
  write()
  new MutationObserver(write).observe(view, { childList: true })
}
