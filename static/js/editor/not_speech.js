/* A mark for words in quotation marks that nobody said: titles, terms, scare quotes. Preflight leaves them alone. */
import { Mark, mergeAttributes } from "django-prose-editor/editor"

import { gettext } from "../words.js"

const KINDS = [
  ["title", gettext("Title"), gettext("Mark as a title, not speech")],
  ["term", gettext("Term"), gettext("Mark as a term, not speech")],
  ["scare", gettext("Scare quote"), gettext("Mark as a scare quote, not speech")],
]

export const NotSpeech = Mark.create({
  name: "notSpeech",
  inclusive: false,

  addAttributes() {
    return {
      kind: {
        default: "term",
        parseHTML: (element) => element.getAttribute("data-not-speech"),
        renderHTML: ({ kind }) => ({ "data-not-speech": kind }),
      },
    }
  },
  parseHTML() {
    return KINDS.map(([kind]) => ({ tag: `span[data-not-speech="${kind}"]` }))
  },
  renderHTML({ HTMLAttributes }) {
    return ["span", mergeAttributes(HTMLAttributes), 0]
  },

  /** The word that stands at each mark is of the style sheet. */
  onCreate({ editor }) {
    for (const [kind, label] of KINDS) editor.view.dom.style.setProperty(`--${kind}`, JSON.stringify(label.toLowerCase()))
  },

  addMenuItems({ menu, buttons }) {
    for (const [index, [kind, label, title]] of KINDS.entries()) {
      const button = buttons.text(label, title)
      menu.defineItem({
        name: `notSpeech:${kind}`,
        groups: "notSpeech",
        priority: 100 - index,
        button,
        active: (editor) => editor.isActive("notSpeech", { kind }),
        enabled: (editor) => !editor.state.selection.empty || editor.isActive("notSpeech"),
        update: (editor) => button.setAttribute("aria-pressed", editor.isActive("notSpeech", { kind })),
        command: (editor) => toggle(editor, kind),
      })
    }
  },
})

function toggle(editor, kind) {
  const chain = editor.chain().focus()
  if (editor.isActive("notSpeech", { kind })) chain.extendMarkRange("notSpeech").unsetMark("notSpeech").run()
  else chain.setMark("notSpeech", { kind }).run()
}
