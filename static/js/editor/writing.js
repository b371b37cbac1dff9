/* The toolbar in words, the editor's accessible name and its word count. */
import { Extension, Link as BaseLink } from "django-prose-editor/editor"

import { gettext, interpolate, ngettext } from "../words.js"
import { read } from "./anchors.js"

// name, group, label, spoken label, whether it is on, the command
const ITEMS = [
  ["paragraph", "blocks", gettext("Text"), gettext("Paragraph"), (e) => e.isActive("paragraph"), (c) => c.setParagraph()],
  ["heading2", "blocks", gettext("Heading"), gettext("Heading"), (e) => e.isActive("heading", { level: 2 }), (c) => c.toggleHeading({ level: 2 })],
  ["heading3", "blocks", gettext("Subheading"), gettext("Subheading"), (e) => e.isActive("heading", { level: 3 }), (c) => c.toggleHeading({ level: 3 })],
  ["blockquote", "blocks", gettext("Block quote"), gettext("Block quote"), (e) => e.isActive("blockquote"), (c) => c.toggleBlockquote()],
  ["bulletList", "lists", gettext("• List"), gettext("Bulleted list"), (e) => e.isActive("bulletList"), (c) => c.toggleBulletList()],
  ["orderedList", "lists", gettext("1. List"), gettext("Numbered list"), (e) => e.isActive("orderedList"), (c) => c.toggleOrderedList()],
  ["rule", "lists", gettext("Rule"), gettext("Horizontal rule"), null, (c) => c.setHorizontalRule()],
  ["bold", "marks", gettext("B"), gettext("Bold"), (e) => e.isActive("bold"), (c) => c.toggleBold()],
  ["italic", "marks", gettext("I"), gettext("Italic"), (e) => e.isActive("italic"), (c) => c.toggleItalic()],
  ["superscript", "marks", "x²", gettext("Superscript"), (e) => e.isActive("superscript"), (c) => c.toggleSuperscript()],
  ["subscript", "marks", "x₂", gettext("Subscript"), (e) => e.isActive("subscript"), (c) => c.toggleSubscript()],
  ["undo", "history", gettext("Undo"), gettext("Undo"), null, (c) => c.undo()],
  ["redo", "history", gettext("Redo"), gettext("Redo"), null, (c) => c.redo()],
]

function define(menu, buttons, [name, group, label, spoken, active, command], priority) {
  const button = buttons.text(label, spoken)
  button.classList.add(`is-${name}`)
  menu.defineItem({
    name,
    groups: group,
    priority,
    button,
    active: active || (() => false),
    enabled: (editor) => command(editor.can().chain()).run(),
    update: (editor) => active && button.setAttribute("aria-pressed", active(editor)),
    command: (editor) => command(editor.chain().focus()).run(),
  })
}

/** Links as words in the toolbar; the dialog and the shortcut are the library's. */
export const Link = BaseLink.extend({
  addMenuItems({ menu, buttons }) {
    const button = buttons.text(gettext("Link"), gettext("Link the selected words"))
    menu.defineItem({
      name: "link",
      groups: "link",
      priority: 100,
      button,
      active: (editor) => editor.isActive("link"),
      enabled: (editor) => !editor.state.selection.empty || editor.isActive("link"),
      update: (editor) => button.setAttribute("aria-pressed", editor.isActive("link")),
      command: (editor) => editor.chain().addLink().focus().run(),
    })
    menu.defineItem({
      name: "unlink",
      groups: "link",
      button: buttons.text(gettext("Unlink"), gettext("Remove the link")),
      hidden: (editor) => !editor.isActive("link"),
      command: (editor) => editor.chain().focus().unsetLink().run(),
    })
  },
})

/** Name, help and state of the field, which the textarea beneath had, for the editable that stands in its place. */
function nameEditable(editor) {
  const editable = editor.view.dom
  const textarea = editable.closest(".prose-editor").querySelector("textarea")
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  editable.setAttribute("aria-multiline", "true")
  editable.setAttribute("lang", textarea.lang || document.documentElement.lang)
  if (label) {
    label.id ||= `${textarea.id}_label`
    editable.setAttribute("aria-labelledby", label.id)
    label.addEventListener("click", () => editor.commands.focus())
  }
  const toolbar = editable.closest(".prose-editor").querySelector(".prose-menubar")
  toolbar?.setAttribute("role", "toolbar")
  toolbar?.setAttribute("aria-label", gettext("Formatting"))
  if (location.hash === `#${textarea.id}`) editor.commands.focus()
  window.addEventListener("hashchange", () => location.hash === `#${textarea.id}` && editor.commands.focus())
  for (const link of document.querySelectorAll(`a[href="#${textarea.id}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      editable.closest(".prose-editor").scrollIntoView({ block: "start" })
      editor.commands.focus()
    })
  }
}

/** In the digits that the rest of the desk has. */
const number = (value) => value.toLocaleString(`${document.documentElement.lang}-u-nu-latn`)

function countWords(editor) {
  const output = document.querySelector("[data-word-count]")
  if (!output) return
  const count = read(editor.state.doc).text.split(/\s+/).filter(Boolean).length
  const ordered = Number(output.dataset.wordCount)
  const words = ordered
    ? ngettext("%(n)s of %(ordered)s word", "%(n)s of %(ordered)s words", ordered)
    : ngettext("%(n)s word", "%(n)s words", count)
  output.textContent = interpolate(words, { n: number(count), ordered: number(ordered) })
}

export const Writing = Extension.create({
  name: "writing",
  priority: 50, // after the library's menu, whose toolbar it names
  addStorage: () => ({ counting: 0 }),
  addMenuItems({ menu, buttons }) {
    for (const [index, item] of ITEMS.entries()) define(menu, buttons, item, 100 - index)
  },
  onCreate({ editor }) {
    nameEditable(editor)
    countWords(editor)
  },
  onUpdate({ editor }) {
    clearTimeout(editor.storage.writing.counting)
    editor.storage.writing.counting = setTimeout(() => countWords(editor), 300)
  },
})
