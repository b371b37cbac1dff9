/* Notes on selected words of the story. Every note is a plain form; this fills in which words were meant. */

import { offerNames } from "./mentions.js"

const CONTEXT = 48 // characters kept on each side of the words, so that they are told from the same words elsewhere
const FIELDS = { ".story__headline": "headline", ".story__standfirst": "standfirst", ".story__body": "body" }
const APART = ".quote-card, figure, .note-ref" // stand in the body and are no part of its text
const BLOCKS = "p, li, h1, h2, h3, blockquote, .story__standfirst"

const root = document.querySelector("[data-review]")
const copy = root.querySelector("[data-copy]")
const tools = root.querySelector("[data-tools]")
const details = root.querySelector("[data-note-form]")
const form = details?.querySelector("form")
let selected = null

/** The words of a field as one string, and where each of its text nodes begins in it. */
function read(field) {
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode(node) {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT
      return node.matches(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP
    },
  })
  const nodes = []
  let text = ""
  let block = null
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement.closest(BLOCKS)
    if (own !== block && text) text += " "
    block = own
    nodes.push({ node, start: text.length })
    text += node.data
  }
  return { text, nodes }
}

/** The selected words of one field with what stands around them; null where none are selected. */
function selection() {
  const chosen = document.getSelection()
  if (!chosen.rangeCount || chosen.isCollapsed) return null
  const range = chosen.getRangeAt(0)
  const within = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer
  const selector = Object.keys(FIELDS).find((each) => within.closest(each))
  if (!selector || !copy.contains(within)) return null
  const { text, nodes } = read(within.closest(selector))
  const touched = nodes.filter(({ node }) => range.intersectsNode(node))
  if (!touched.length) return null
  const first = touched[0]
  const last = touched.at(-1)
  let start = first.start + (first.node === range.startContainer ? range.startOffset : 0)
  let end = last.start + (last.node === range.endContainer ? range.endOffset : last.node.length)
  while (start < end && /\s/.test(text[start])) start += 1
  while (start < end && /\s/.test(text[end - 1])) end -= 1
  if (start >= end) return null
  return {
    field: FIELDS[selector],
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
    box: range.getBoundingClientRect(),
  }
}

/** Below the words, and never out of the column. */
function placeTools(box) {
  const around = tools.parentElement.getBoundingClientRect()
  tools.hidden = false
  const left = Math.min(Math.max(box.left - around.left, 0), around.width - tools.offsetWidth)
  tools.style.left = `${Math.max(left, 0)}px`
  tools.style.top = `${box.bottom - around.top + 8}px`
}

function showKind() {
  const kind = form.elements.kind.value
  form.querySelector("[data-part=replacement]").hidden = kind !== "suggestion"
  form.querySelector("[data-part=words]").hidden = selected !== null
  form.querySelector("[data-selected]").hidden = selected === null
}

/** Put the words into the form; null empties it again. */
function take(words) {
  selected = words
  for (const name of ["exact", "prefix", "suffix"]) form.elements[name].value = words ? words[name] : ""
  form.elements.field.value = words ? words.field : "body"
  form.querySelector("[data-selected-words]").textContent = words ? words.exact : ""
  showKind()
}

function use(kind, words) {
  take(words)
  form.elements.kind.value = kind
  form.elements.replacement.value = kind === "suggestion" ? words.exact.replace(/\s+/g, " ") : ""
  showKind()
  tools.hidden = true
  if (kind === "source_query") {
    form.requestSubmit()
    return
  }
  details.open = true
  const field = form.elements[kind === "suggestion" ? "replacement" : "text"]
  field.focus()
  field.scrollIntoView({ block: "nearest" })
}

function watchSelection() {
  let found = null
  document.addEventListener("selectionchange", () => {
    const now = selection()
    // A tap on the toolbar itself, or typing in the form, takes the selection away and is no change of mind.
    if (!now && tools.contains(document.activeElement)) return
    found = now
    if (found) placeTools(found.box)
    else tools.hidden = true
  })
  tools.addEventListener("pointerdown", (event) => event.preventDefault())
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]")
    if (button && found) use(button.dataset.tool, found)
  })
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tools.hidden = true
  })
  form.querySelector("[data-whole]").addEventListener("click", () => take(null))
  form.querySelector("[data-kinds]").addEventListener("change", showKind)
}

function marksOf(key) {
  return copy.querySelectorAll(`[data-notes~="${key}"]`)
}

/** Whoever looks at a note sees its words, and the other way round. */
function point(key) {
  for (const old of root.querySelectorAll(".is-current")) old.classList.remove("is-current")
  if (!key) return
  document.getElementById(`note-${key}`)?.classList.add("is-current")
  for (const mark of marksOf(key)) mark.classList.add("is-current")
}

/** A settled note is found by its address too. */
function openTarget() {
  const target = location.hash.startsWith("#note-") ? document.getElementById(location.hash.slice(1)) : null
  const folded = target?.closest("[data-settled]")
  if (folded) {
    folded.open = true
    target.scrollIntoView({ block: "nearest" })
  }
  point(target?.closest("[data-note]")?.dataset.note)
}

if (form && tools) {
  watchSelection()
  showKind()
}
for (const note of root.querySelectorAll("[data-note]")) {
  note.addEventListener("pointerenter", () => point(note.dataset.note))
  note.addEventListener("focusin", () => point(note.dataset.note))
}
addEventListener("hashchange", openTarget)
openTarget()
for (const field of root.querySelectorAll("[data-mentions]")) offerNames(field, root.dataset.people)
