/* A number at words that rest on a document; what it is, and its address if it has one, stand at the foot of the story. */
import { Node, updateAttrsDialog } from "django-prose-editor/editor"

import { gettext } from "../words.js"

const ask = updateAttrsDialog(
  {
    document: { type: "string", title: gettext("Document, with page or line"), required: true },
    href: { type: "string", title: gettext("Address, where it has one"), format: "url" },
  },
  { title: gettext("Document"), submitText: gettext("Put in") },
)

/** The note that is selected and nothing else with it. */
function chosen({ $from, from, to }) {
  const node = $from.nodeAfter
  return node?.type.name === "documentNote" && to - from === node.nodeSize ? node : null
}

export const DocumentNote = Node.create({
  name: "documentNote",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  priority: 1001,

  addAttributes() {
    return { document: { default: "" }, href: { default: "" } }
  },
  parseHTML() {
    return [
      {
        tag: "a[data-document]",
        priority: 200,
        getAttrs: (element) => ({
          document: element.getAttribute("data-document"),
          href: element.getAttribute("href") || "",
        }),
      },
    ]
  },
  renderHTML({ node }) {
    const { document, href } = node.attrs
    return ["a", { "data-document": document, ...(href ? { href } : {}) }]
  },
  renderText: () => "",

  addKeyboardShortcuts() {
    // beside the caret it goes as a letter would; browsers pass over an element that holds no words
    const take = (side) => {
      const { selection, tr } = this.editor.state
      const node = selection.empty ? selection.$from[side < 0 ? "nodeBefore" : "nodeAfter"] : null
      if (node?.type.name !== "documentNote") return false
      const at = selection.from
      this.editor.view.dispatch(side < 0 ? tr.delete(at - node.nodeSize, at) : tr.delete(at, at + node.nodeSize))
      return true
    }
    return { Backspace: () => take(-1), Delete: () => take(1) }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "documentNote",
      groups: "link",
      priority: 50,
      button: buttons.text(gettext("Document"), gettext("Note the document that the words rest on")),
      enabled: (editor) => editor.isActive("documentNote") || editor.state.selection.$to.parent.type.name === "paragraph",
      command: async (editor) => {
        const { selection } = editor.state
        const note = chosen(selection)
        const attrs = await ask(editor, note?.attrs ?? {})
        if (!attrs?.document.trim()) return editor.view.focus()
        if (note) editor.chain().focus().setNodeSelection(selection.from).updateAttributes("documentNote", attrs).run()
        else editor.chain().focus().insertContentAt(selection.to, { type: "documentNote", attrs }).run()
      },
    })
  },
})
