/* Quotes in the text: a quiet mark by state, the record opened beside the words, drift told as it happens.

   The records are the rows of the form beneath the text; this reads and fills them, and saves nothing by itself. */
import { Extension, Plugin, pm } from "django-prose-editor/editor"

import { difference, find, fold, folded, letters, passages } from "./anchors.js"

const { Decoration, DecorationSet } = pm.view
const { PluginKey } = pm.state
const KEY = new PluginKey("quotes")
const group = () => document.getElementById("quotes-group")
const labels = () => document.getElementById("quote-labels")?.dataset ?? {}
const field = (row, name) => row.querySelector(`[name="${row.id}-${name}"]`)

/** The rows of the form that hold a quote and are not to be deleted. */
function rows() {
  const all = [...(group()?.querySelectorAll(".inline-related:not(.empty-form)") ?? [])]
  return all.filter((row) => field(row, "text")?.value.trim() && !field(row, "DELETE")?.checked)
}

/** The parts of a row as anchors: the first, then the further ones, a line each. */
function anchors(row) {
  const kept = JSON.parse(row.dataset.anchors || "[]")
  const parts = [field(row, "text").value, ...(field(row, "parts")?.value ?? "").split("\n")]
  return parts.map((part) => part.trim()).filter(Boolean).map((exact) => ({ exact, ...kept.find((each) => each.exact === exact) }))
}

/** Where each quote stands in `doc`; one that does not is drifted, at the place it stood before. */
function read(doc, before, mapping) {
  const text = fold(letters(doc))
  const quotes = rows().map((row) => {
    const was = before.find((each) => each.row === row)
    const places = anchors(row).map((anchor, index) => {
      const old = was?.places[index]
      const moved = old && { from: mapping(old.from, -1), to: mapping(old.to, 1) }
      const found = find(text, anchor, moved?.from ?? null)
      if (found) return { ...found, isHere: true, words: anchor.exact }
      return moved && moved.from < moved.to ? { ...moved, isHere: false, words: anchor.exact } : { isHere: false, words: anchor.exact }
    })
    const hasDrifted = places.some((place) => !place.isHere)
    return { row, places, state: hasDrifted ? "drifted" : (field(row, "verification")?.value ?? "unverified") }
  })
  return { quotes, set: marks(doc, quotes) }
}

function marks(doc, quotes) {
  const found = []
  const covered = []
  for (const { row, places, state } of quotes) {
    for (const { from, to } of places) {
      if (from === undefined || from >= to) continue
      covered.push([from, to])
      found.push(Decoration.inline(from, to, { class: `quote-mark quote-mark--${state}`, "data-quote": row.id, title: labels()[state] ?? "" }))
    }
  }
  for (const { from, to } of passages(doc)) {
    if (covered.some(([start, end]) => start <= from + 3 && end >= to - 3) || isNotSpeech(doc, from, to)) continue
    found.push(Decoration.inline(from, to, { class: "quote-mark quote-mark--open", title: labels().open ?? "" }))
  }
  return DecorationSet.create(doc, found)
}

function isNotSpeech(doc, from, to) {
  const type = doc.type.schema.marks.notSpeech
  return Boolean(type) && doc.rangeHasMark(from, to, type)
}

/** The state of each row in words on its summary, with what differs where it drifted. */
function tell(editor, { quotes }) {
  for (const { row, places, state } of quotes) {
    const summary = row.querySelector("summary")
    let mark = summary.querySelector(".quote-state")
    if (!mark) {
      mark = document.createElement("span")
      summary.append(" ", mark)
    }
    mark.className = `quote-state quote-state--${state}`
    mark.textContent = labels()[state] ?? ""
    drift(editor, row, state === "drifted" ? places : [])
  }
}

function drift(editor, row, places) {
  row.querySelector(".quote-drift")?.remove()
  if (!places.length) return
  const box = document.createElement("div")
  box.className = "quote-drift"
  box.setAttribute("role", "status")
  let canTake = true
  const now = places.map((place) => {
    const words = place.from === undefined ? "" : editor.state.doc.textBetween(place.from, place.to, " ").replace(/^[\s“”„"«»]+|[\s“”„"«»]+$/g, "")
    canTake &&= place.isHere || words.trim() !== ""
    const line = document.createElement("p")
    for (const [kind, run] of difference(place.words, words)) {
      const node = document.createElement({ same: "span", gone: "del", new: "ins" }[kind])
      node.textContent = run
      line.append(node, " ")
    }
    box.append(line)
    return words
  })
  const note = document.createElement("p")
  note.className = "help"
  note.textContent = labels().driftHelp
  box.append(note)
  if (canTake) {
    const take = document.createElement("button")
    take.type = "button"
    take.className = "desk-quiet-button"
    take.textContent = labels().take
    take.addEventListener("click", () => {
      fill(row, now)
      refresh(editor)
    })
    box.append(take)
  }
  row.querySelector("details").after(box)
}

function fill(row, [first, ...rest]) {
  field(row, "text").value = first
  if (field(row, "parts")) field(row, "parts").value = rest.join("\n")
  for (const name of ["text", "parts"]) field(row, name)?.dispatchEvent(new Event("input", { bubbles: true }))
}

const refresh = (editor) => editor.view.dispatch(editor.state.tr.setMeta(KEY, true))

// --- the record beside the text

let opener = null

function openBeside(row, focused) {
  closeBeside(false)
  opener = document.activeElement
  row.classList.add("is-beside")
  row.setAttribute("role", "group")
  row.setAttribute("aria-label", labels().record)
  row.querySelector("details").open = true
  const close = document.createElement("button")
  close.type = "button"
  close.className = "quote-close desk-quiet-button"
  close.textContent = labels().close
  close.addEventListener("click", () => closeBeside())
  row.prepend(close)
  ;(focused ?? close).focus()
}

function closeBeside(goesBack = true) {
  const row = document.querySelector(".desk-part.is-beside")
  if (!row) return
  row.classList.remove("is-beside")
  row.removeAttribute("role")
  row.removeAttribute("aria-label")
  row.querySelector(".quote-close")?.remove()
  if (goesBack) (document.querySelector(".ProseMirror") ?? opener)?.focus()
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(".desk-part.is-beside")) {
    event.preventDefault()
    closeBeside()
  }
})

/** The words that are selected, in the parts that stand in quotation marks, where any do. */
function selected(editor) {
  const { from, to } = editor.state.selection
  const inside = passages(editor.state.doc).filter((each) => each.from < to && each.to > from)
  const whole = inside.filter((each) => each.from >= from - 1 && each.to <= to + 1)
  if (whole.length) return { parts: whole.map((each) => each.words.trim()), isDirect: true }
  const words = editor.state.doc.textBetween(from, to, " ").trim()
  return { parts: words ? [words.replace(/^[“”„"«]+|[“”"»]+$/g, "")] : [], isDirect: inside.length > 0 }
}

/** The quote in which the caret stands. */
function at(editor) {
  const { empty, from } = editor.state.selection
  return empty && KEY.getState(editor.state)?.quotes.find(({ places }) => places.some((place) => place.from <= from && from <= place.to))
}

/** An empty row of the form; a new one where all are in use. */
function emptyRow() {
  const all = () => [...group().querySelectorAll(".inline-related:not(.empty-form)")]
  const free = all().find((row) => !row.classList.contains("has_original") && !field(row, "text")?.value.trim())
  if (free) return free
  group().querySelector(".add-row a")?.click()
  return all().at(-1)
}

function record(editor) {
  const here = at(editor)
  if (here) return openBeside(here.row)
  const { parts, isDirect } = selected(editor)
  const known = KEY.getState(editor.state).quotes.find(({ row }) => parts.length && folded(field(row, "text").value) === folded(parts[0]))
  if (known) return openBeside(known.row)
  if (!parts.length || !group()) return false
  const row = emptyRow()
  fill(row, parts)
  const kind = field(row, "kind")
  if (kind) kind.value = isDirect ? "direct" : "indirect"
  row.querySelector(".inline_label").textContent = `“${parts.join(" … ")}”`
  openBeside(row, row.querySelector(`#id_${row.id}-speaker_search, [name="${row.id}-speaker"]`))
  refresh(editor)
  return true
}

export const Quotes = Extension.create({
  name: "quotes",

  addProseMirrorPlugins() {
    const editor = this.editor
    return [
      new Plugin({
        key: KEY,
        state: {
          init: (_config, state) => read(state.doc, [], (position) => position),
          apply(transaction, value) {
            if (!transaction.docChanged && !transaction.getMeta(KEY)) return value
            return read(transaction.doc, value.quotes, (position, side) => transaction.mapping.map(position, side))
          },
        },
        props: {
          decorations: (state) => KEY.getState(state).set,
          handleClickOn(_view, _position, _node, _nodePosition, event) {
            const row = document.getElementById(event.target.closest?.("[data-quote]")?.dataset.quote ?? "")
            if (row && (event.ctrlKey || event.metaKey || event.detail === 2)) openBeside(row)
            return false
          },
        },
        view: () => ({
          update(view, before) {
            const now = KEY.getState(view.state)
            if (now !== KEY.getState(before)) tell(editor, now)
          },
        }),
      }),
    ]
  },

  addKeyboardShortcuts() {
    return { "Mod-Shift-q": () => record(this.editor) !== false }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "quote",
      groups: "sourcing",
      priority: 100,
      button: buttons.text(labels().quote ?? "Quote", labels().quoteHelp ?? "Record the selected words as a quote"),
      enabled: (editor) => Boolean(group()) && Boolean(!editor.state.selection.empty || at(editor)),
      command: (editor) => record(editor),
    })
    menu.defineItem({
      name: "claim",
      groups: "sourcing",
      priority: 90,
      button: buttons.text(labels().claim ?? "Claim", labels().claimHelp ?? "Mark the selected words as a claim"),
      enabled: (editor) => Boolean(labels().claimsUrl) && !editor.state.selection.empty,
      command: (editor) => {
        const { from, to } = editor.state.selection
        const words = editor.state.doc.textBetween(from, to, " ").trim()
        window.open(`${labels().claimsUrl}?text=${encodeURIComponent(words)}`, "_blank", "noopener")
      },
    })
  },

  onCreate({ editor }) {
    tell(editor, KEY.getState(editor.state))
    group()?.addEventListener("input", (event) => /-(text|parts|verification|DELETE)$/.test(event.target.name) && refresh(editor))
    group()?.addEventListener("change", (event) => /-(verification|DELETE)$/.test(event.target.name) && refresh(editor))
  },
})
