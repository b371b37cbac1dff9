/* Words drawn out of the text. They have to stand in it: who said them is printed from the record that holds them. */
import { Node } from "django-prose-editor/editor"

import { gettext } from "../words.js"
import { put } from "./pieces.js"

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "text*",
  marks: "",
  isolating: true,
  draggable: true,
  priority: 900,

  parseHTML() {
    return [
      {
        tag: 'figure[data-kind="pull"]',
        priority: 100,
        contentElement: (element) => element.querySelector("blockquote") ?? element,
      },
    ]
  },
  renderHTML() {
    const hint = { "data-hint": gettext("Words that stand in the text") }
    return ["figure", { "data-kind": "pull" }, ["blockquote", hint, 0]]
  },

  addMenuItems({ menu, buttons }) {
    const button = buttons.text(gettext("Pull quote"), gettext("Draw the selected words out of the text"))
    menu.defineItem({
      name: "pullQuote",
      groups: "pictures",
      priority: 90,
      button,
      active: (editor) => editor.isActive("pullQuote"),
      enabled: (editor) => !editor.isActive("pullQuote"),
      update: (editor) => button.setAttribute("aria-pressed", editor.isActive("pullQuote")),
      command: (editor) => {
        const { from, to } = editor.state.selection
        put(editor, "pullQuote", {}, editor.state.doc.textBetween(from, to, " ").trim())
      },
    })
  },
})
