/* Small kindnesses of the writing desk; every one of them may be missing. */

import { gettext } from "./words.js"

/** Rows of inlines that are added later get accessible names like those that came with the page. */
function nameInlineInputs(root) {
  for (const cell of root.querySelectorAll(".tabular td[class*=field-]")) {
    const column = /field-(\S+)/.exec(cell.className)[1]
    const heading = cell.closest("table").querySelector(`th.column-${column}`)
    for (const input of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (heading && !input.labels?.length) input.setAttribute("aria-label", heading.textContent.trim())
    }
  }
  for (const input of root.querySelectorAll(".tabular td.delete input")) input.setAttribute("aria-label", gettext("Delete this row"))
}

/** A move is made of what is saved: with unsaved words on the page it asks for the save first. */
function guardMoves(form) {
  let isDirty = false
  // what a move asks for stands among the fields and belongs to a form of its own
  form.addEventListener("input", (event) => (isDirty ||= event.target.form === form || !event.target.form))
  form.addEventListener("submit", () => (isDirty = false))
  for (const move of document.querySelectorAll("form[data-move]")) {
    move.addEventListener("submit", (event) => {
      if (!isDirty) return
      event.preventDefault()
      const warning = document.getElementById("unsaved-warning")
      warning.hidden = false
      warning.scrollIntoView({ block: "nearest" })
      form.querySelector("[name=_continue], [name=_save]")?.focus()
    })
  }
  window.addEventListener("beforeunload", (event) => isDirty && event.preventDefault())
}

/** A finding's link opens what it points into. */
function openTargets() {
  for (const link of document.querySelectorAll("a[data-finding]")) {
    link.addEventListener("click", () => {
      const target = document.getElementById(link.hash.slice(1))
      const own = target?.querySelector(":scope > details")
      if (own) own.open = true
      for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true
      target?.focus()
    })
  }
}

nameInlineInputs(document)
document.addEventListener("formset:added", (event) => nameInlineInputs(event.target.closest("fieldset") || event.target))
const form = document.querySelector("form[data-writing-desk]")
if (form) guardMoves(form)
openTargets()
