import { catalog, choiceWord } from "./catalog.js"
import { lang } from "./words.js"

// relabel writes the words of choices over their values in a view that the
// dashboard drew. The view is drawn again when its record changes, so it is
// watched for as long as it lives.
export async function relabel(view, props) {
  if (lang == "en") return
  await catalog
  const write = () => {
    for (const label of view.querySelectorAll(".label")) {
      const value = label.dataset.value ?? label.title ?? ""
      const said = choiceWord(props.record?.collectionName, props.field.name, value)
      if (!said || label.textContent == said) continue
      label.dataset.value = value
      label.textContent = said
    }
  }
  write()
  new MutationObserver(write).observe(view, { childList: true })
}
