/* What stands on another site, as a card that links there. Nothing of it is ever loaded, here or on the page. */
import { Node, updateAttrsDialog } from "django-prose-editor/editor"

import { gettext } from "../words.js"
import { put } from "./pieces.js"

const ask = updateAttrsDialog(
  {
    href: { type: "string", title: gettext("Address"), format: "url", required: true },
  },
  { title: gettext("Link card"), submitText: gettext("Put in") },
)

export const LinkCard = Node.create({
  name: "linkCard",
  group: "block",
  content: "text*",
  marks: "",
  isolating: true,
  draggable: true,
  priority: 900,

  addAttributes() {
    return { href: { default: "" } }
  },
  parseHTML() {
    return [
      {
        tag: 'figure[data-kind="embed"]',
        priority: 100,
        contentElement: (element) => {
          const words = document.createElement("p")
          words.textContent = element.textContent
          return words
        },
        getAttrs: (element) => ({ href: element.querySelector("a")?.getAttribute("href") || "" }),
      },
    ]
  },
  renderHTML({ node }) {
    const hint = { href: node.attrs.href, "data-hint": gettext("What is to be seen there") }
    return ["figure", { "data-kind": "embed" }, ["a", hint, 0]]
  },

  addMenuItems({ menu, buttons }) {
    const button = buttons.text(gettext("Link card"), gettext("Put in a card that links to another site"))
    menu.defineItem({
      name: "linkCard",
      groups: "pictures",
      priority: 80,
      button,
      active: (editor) => editor.isActive("linkCard"),
      update: (editor) => button.setAttribute("aria-pressed", editor.isActive("linkCard")),
      command: async (editor) => {
        const isHere = editor.isActive("linkCard")
        const attrs = await ask(editor, isHere ? editor.getAttributes("linkCard") : {})
        if (!attrs) return editor.view.focus()
        if (isHere) editor.chain().focus().updateAttributes("linkCard", attrs).run()
        else put(editor, "linkCard", attrs)
      },
    })
  },
})
