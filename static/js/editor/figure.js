/* A picture in the body: the number of an Image, chosen in a dialog, with the caption of this story typed beneath it.
   Without one the Image's own is printed; the credit always is the Image's. */
import { crel, mergeAttributes, Node } from "django-prose-editor/editor"

import { gettext } from "../words.js"
import { put } from "./pieces.js"

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "text*",
  marks: "",
  isolating: true,
  draggable: true,

  addOptions() {
    return { chooserUrl: "" }
  },
  addAttributes() {
    return { image: { default: "" }, src: { default: "" }, alt: { default: "" } }
  },
  parseHTML() {
    return [
      {
        tag: "figure[data-image]",
        contentElement: (element) => element.querySelector("figcaption") ?? document.createElement("figcaption"),
        getAttrs: (element) => ({
          image: element.getAttribute("data-image"),
          src: element.querySelector("img")?.getAttribute("src") || "",
          alt: element.querySelector("img")?.getAttribute("alt") || "",
        }),
      },
    ]
  },
  renderHTML({ node }) {
    const { image, src, alt } = node.attrs
    const caption = { "data-hint": gettext("Caption in this story; left empty, the picture’s own is printed") }
    return ["figure", mergeAttributes({ "data-image": image }), ["img", { src, alt }], ["figcaption", caption, 0]]
  },

  addMenuItems({ menu, buttons }) {
    const { chooserUrl } = this.options
    if (!chooserUrl) return
    menu.defineItem({
      name: "picture",
      groups: "pictures",
      priority: 100,
      button: buttons.text(gettext("Picture"), gettext("Put a picture into the text")),
      command: (editor) => choose(editor, chooserUrl),
    })
  },
})

async function choose(editor, url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } })
  if (!response.ok) return
  const { results } = await response.json()
  const dialog = chooser(results, ({ id, url: src, alt }) => put(editor, "figure", { image: String(id), src, alt }))
  document.body.append(dialog)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.showModal()
}

function chooser(images, onChoose) {
  const close = crel("button", { type: "button", className: "desk-chooser__close", textContent: gettext("Close") })
  const dialog = crel("dialog", { className: "desk-chooser", "aria-labelledby": "desk-chooser-title" }, [
    crel("div", { className: "desk-chooser__head" }, [
      crel("h2", { id: "desk-chooser-title", textContent: gettext("Choose a picture") }),
      close,
    ]),
  ])
  close.addEventListener("click", () => dialog.close())
  if (!images.length) dialog.append(crel("p", { textContent: gettext("No pictures yet: upload one under Images.") }))
  const list = crel("ul", { className: "desk-chooser__list" })
  for (const image of images) {
    const button = crel("button", { type: "button" }, [
      crel("img", { src: image.url, alt: "", loading: "lazy" }),
      crel("span", { textContent: image.alt }),
    ])
    button.addEventListener("click", () => {
      dialog.close()
      onChoose(image)
    })
    list.append(crel("li", {}, [button]))
  }
  dialog.append(list)
  return dialog
}
