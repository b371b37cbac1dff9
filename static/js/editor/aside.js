/* Paragraphs set apart from the run of the text. Their words are text of the body like any other. */
import { Node } from "django-prose-editor/editor"

import { gettext } from "../words.js"

export const Aside = Node.create({
  name: "aside",
  group: "block",
  content: "(paragraph | heading | bulletList | orderedList)+",
  defining: true,

  parseHTML() {
    return [{ tag: "aside" }]
  },
  renderHTML() {
    return ["aside", {}, 0]
  },

  addMenuItems({ menu, buttons }) {
    const button = buttons.text(gettext("Aside"), gettext("Set the paragraphs apart from the text"))
    menu.defineItem({
      name: "aside",
      groups: "pictures",
      priority: 95,
      button,
      active: (editor) => editor.isActive("aside"),
      enabled: (editor) => editor.can().toggleWrap("aside"),
      update: (editor) => button.setAttribute("aria-pressed", editor.isActive("aside")),
      command: (editor) => editor.chain().focus().toggleWrap("aside").run(),
    })
  },
})
