/* What stands beside the text: put in after the block at hand, left by Enter, chosen whole by Escape, moved and removed
   by keyboard and by toolbar. The words of these do not count as text of the body. */
import { Extension, pm } from "django-prose-editor/editor"

import { along } from "../arrows.js"
import { gettext } from "../words.js"

const { NodeSelection, Selection, TextSelection } = pm.state
const BESIDE = ["figure", "pullQuote", "linkCard"]

/** Whether the words of a node are no text of the body. */
export const isBeside = (node) => BESIDE.includes(node.type.name)

/** The outermost block that the selection begins in: {node, from, to}, or null. */
export function block(state) {
  const { $from } = state.selection
  const index = $from.index(0)
  const node = state.doc.maybeChild(index)
  return node ? { node, from: $from.posAtIndex(index, 0), to: $from.posAtIndex(index, 0) + node.nodeSize, index } : null
}

/** Put a node behind the block at hand and go into it, or select it where there are no words to type. */
export function put(editor, type, attrs, words = "") {
  const { state } = editor
  const here = block(state)
  const content = words ? [state.schema.text(words)] : []
  const node = state.schema.nodes[type].create(attrs, content)
  const isEmpty = here?.node.type.name === "paragraph" && !here.node.content.size
  const at = here ? (isEmpty ? here.from : here.to) : state.doc.content.size
  const tr = isEmpty ? state.tr.replaceWith(here.from, here.to, node) : state.tr.insert(at, node)
  const end = at + node.nodeSize
  if (end === tr.doc.content.size) tr.insert(end, state.schema.nodes.paragraph.create())
  tr.setSelection(TextSelection.create(tr.doc, at + 1 + node.content.size)).scrollIntoView()
  editor.view.dispatch(tr)
  editor.view.focus()
}

/** Put the block at hand one place up or down; the selection goes along. */
function move(editor, step) {
  const { state, view } = editor
  const here = block(state)
  const other = here && state.doc.maybeChild(here.index + step)
  if (!other) return false
  const { anchor, head } = state.selection
  const isWhole = state.selection instanceof NodeSelection
  const tr = state.tr.delete(here.from, here.to)
  const at = step < 0 ? here.from - other.nodeSize : here.from + other.nodeSize
  tr.insert(at, here.node)
  const moved = (place) => Math.min(place - here.from + at, tr.doc.content.size)
  tr.setSelection(isWhole ? NodeSelection.create(tr.doc, moved(state.selection.from)) : TextSelection.create(tr.doc, moved(anchor), moved(head)))
  view.dispatch(tr.scrollIntoView())
  say(step < 0 ? gettext("Moved up") : gettext("Moved down"))
  view.focus()
  return true
}

function remove(editor) {
  const { state, view } = editor
  const here = block(state)
  if (!here) return false
  const tr = state.tr.delete(here.from, here.to)
  if (!tr.doc.content.size) tr.insert(0, state.schema.nodes.paragraph.create())
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(here.from, tr.doc.content.size)), 1))
  view.dispatch(tr.scrollIntoView())
  say(gettext("Removed"))
  view.focus()
  return true
}

/** What was done, for who does not see it. */
function say(words) {
  let voice = document.getElementById("editor-voice")
  if (!voice) {
    voice = document.createElement("p")
    voice.id = "editor-voice"
    voice.className = "visually-hidden"
    voice.setAttribute("role", "status")
    document.body.append(voice)
  }
  voice.textContent = ""
  setTimeout(() => (voice.textContent = words), 50)
}

/** Select the piece that the caret stands in: the note, the figure, the aside. */
function whole(editor) {
  const { state, view } = editor
  const { selection } = state
  if (selection instanceof NodeSelection) return false
  for (let depth = selection.$from.depth; depth > 0; depth--) {
    const node = selection.$from.node(depth)
    if (!isBeside(node) && node.type.name !== "aside") continue
    view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, selection.$from.before(depth))))
    return true
  }
  return false
}

/** From a caption or a pull quote into a new paragraph behind it. */
function leave(editor) {
  const { state, view } = editor
  const { selection } = state
  const node = selection instanceof NodeSelection ? selection.node : selection.$from.parent
  if (!isBeside(node)) return false
  const end = selection instanceof NodeSelection ? selection.to : selection.$from.after()
  const tr = state.tr.insert(end, state.schema.nodes.paragraph.create())
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView())
  return true
}

const toolbar = (editor) => editor.view.dom.closest(".prose-editor").querySelector(".prose-menubar")
const offered = (editor) => [...toolbar(editor).querySelectorAll("button:not(.hidden)")]

export const Pieces = Extension.create({
  name: "pieces",
  priority: 1000,

  addKeyboardShortcuts() {
    return {
      "Alt-Shift-ArrowUp": () => move(this.editor, -1) || true,
      "Alt-Shift-ArrowDown": () => move(this.editor, 1) || true,
      "Alt-F10": () => offered(this.editor)[0]?.focus() ?? true,
      Escape: () => whole(this.editor),
      Enter: () => leave(this.editor),
    }
  },

  addMenuItems({ menu, buttons }) {
    const items = [
      ["moveUp", gettext("Up"), gettext("Move the block up"), (editor) => move(editor, -1), -1],
      ["moveDown", gettext("Down"), gettext("Move the block down"), (editor) => move(editor, 1), 1],
      ["remove", gettext("Remove"), gettext("Remove the block"), remove, 0],
    ]
    for (const [index, [name, label, title, command, step]] of items.entries()) {
      menu.defineItem({
        name,
        groups: "block",
        priority: 100 - index,
        button: buttons.text(label, title),
        enabled: (editor) => {
          const here = block(editor.state)
          return Boolean(here && editor.state.doc.maybeChild(here.index + step))
        },
        command,
      })
    }
  },

  onCreate({ editor }) {
    editor.view.dom.closest(".prose-editor").addEventListener("keydown", (event) => {
      if (!event.target.closest(".prose-menubar")) return
      if (event.key === "Escape") editor.view.focus()
      const step = along(event.key)
      if (!step) return
      const buttons = offered(editor)
      const at = buttons.indexOf(document.activeElement)
      event.preventDefault()
      buttons[(at + step + buttons.length) % buttons.length]?.focus()
    })
  },
})
