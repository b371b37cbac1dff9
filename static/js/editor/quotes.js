/* Quotes in the text: a quiet mark by state, the record opened beside the words, drift told as it happens.

   The records are the rows of the form beneath the text; this reads and fills them, and saves nothing by itself. */
import { Extension, Plugin, pm } from "django-prose-editor/editor"

import { gettext } from "../words.js"
import { difference, find, folded, passages, read, surroundings } from "./anchors.js"

const { Decoration, DecorationSet } = pm.view
const { PluginKey } = pm.state
const KEY = new PluginKey("quotes")
const SLACK = 2 // characters of closing punctuation that may stand inside the marks but not in the record
const group = () => document.getElementById("quotes-group")
const labels = () => document.getElementById("quote-labels")?.dataset ?? {}
const inputs = new WeakMap()

/** The input of a row; looked for once, as every keystroke asks. */
function field(row, name) {
  if (!inputs.has(row)) inputs.set(row, {})
  return (inputs.get(row)[name] ??= row.querySelector(`[name="${row.id}-${name}"]`))
}

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

/** Where each quote stands in `doc`; one that does not is drifted, at the place it stood before.

    Parts that stand as they stood go first: the same words at two places are two, and none takes the place of another. */
function place(doc, before, mapping) {
  const text = read(doc)
  const quotes = rows().map((row) => {
    const was = before.find((each) => each.row === row)
    const places = anchors(row).map((anchor, index) => {
      const old = was?.places[index]
      const isThere = old && old.from !== undefined && old.words === anchor.exact
      return { anchor, words: anchor.exact, was: isThere ? { from: mapping(old.from, -1), to: mapping(old.to, 1), start: mapping(old.from, 1) } : null }
    })
    return { row, places }
  })
  const holders = new Map()
  const all = quotes.flatMap(({ places }) => places)
  for (const isFirst of [true, false]) {
    for (const each of all.filter(({ found }) => !found)) {
      const context = `${each.anchor.prefix ?? ""}|${each.anchor.suffix ?? ""}`
      const isBarred = (key) => context !== "|" && holders.has(key) && holders.get(key) !== context
      const isTaken = (key) => holders.has(key) && holders.get(key) !== context
      const near = each.was?.start ?? null
      const found = find(text, each.anchor, near, isTaken) ?? find(text, each.anchor, near, isBarred)
      if (!found || (isFirst && !found.isSame)) continue
      each.found = found
      holders.set(found.key, context)
    }
  }
  const placed = quotes.map(({ row, places: found }) => {
    const places = found.map(settled)
    const hasDrifted = places.some(({ isHere }) => !isHere)
    return { row, places, state: hasDrifted ? "drifted" : (field(row, "verification")?.value ?? "unverified") }
  })
  return { text, quotes: placed, set: marks(doc, text, placed) }
}

function settled({ found, was, words }) {
  if (found) return { from: found.from, to: found.to, at: found.at, isHere: true, words }
  return was && was.from < was.to ? { from: was.from, to: was.to, isHere: false, words } : { isHere: false, words }
}

function marks(doc, text, quotes) {
  const found = []
  const covered = []
  for (const { row, places, state } of quotes) {
    for (const { from, to } of places) {
      if (from === undefined || from >= to) continue
      covered.push([from, to])
      found.push(Decoration.inline(from, to, { class: `quote-mark quote-mark--${state}`, "data-quote": row.id, title: labels()[state] ?? "" }))
    }
  }
  for (const { from, to } of passages(text)) {
    if (covered.some(([start, end]) => start <= from + SLACK && end >= to - SLACK) || isNotSpeech(doc, from, to)) continue
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
    if (mark.dataset.state !== state) {
      mark.dataset.state = state
      mark.className = `quote-state quote-state--${state}`
      mark.textContent = labels()[state] ?? ""
    }
    drift(editor, row, state === "drifted" ? places : [])
  }
}

/** What stands in the body where each part was. */
function wordsNow(editor, places) {
  const trim = (words) => words.replace(/^[\s“”„"«»]+|[\s“”„"«»]+$/g, "")
  return places.map(({ from, to }) => (from === undefined ? "" : trim(editor.state.doc.textBetween(from, to, " "))))
}

function drift(editor, row, places) {
  const shown = row.querySelector(".quote-drift")
  const now = wordsNow(editor, places)
  const told = JSON.stringify([places.map(({ words }) => words), now])
  if (shown && places.length && shown.dataset.told === told) return
  shown?.remove()
  if (!places.length) return
  const box = document.createElement("div")
  box.className = "quote-drift"
  box.dataset.told = told
  box.setAttribute("role", "status")
  let canTake = true
  for (const [index, { isHere, words }] of places.entries()) {
    canTake &&= isHere || now[index] !== ""
    const line = document.createElement("p")
    for (const [kind, run] of difference(words, now[index])) {
      const node = document.createElement({ same: "span", gone: "del", new: "ins" }[kind])
      node.textContent = run
      line.append(node, " ")
    }
    box.append(line)
  }
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
  put(row, box)
}

/** Under the heading of the record, whether that is open or not. */
function put(row, box) {
  const details = row.querySelector("details")
  if (details.open) details.querySelector("summary").after(box)
  else details.after(box)
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
  ;(focused ?? close).focus({ preventScroll: true })
  showWords(row)
}

/** Where the record comes from below, the words stay in view above it. */
function showWords(row) {
  if (window.matchMedia("(min-width: 64rem)").matches) return
  document.querySelector(`.ProseMirror [data-quote="${row.id}"]`)?.scrollIntoView({ block: "start" })
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

/** The words that are selected, in the parts that stand in quotation marks, where any do; the passage the caret stands in. */
function selected(editor) {
  const { from, to, empty } = editor.state.selection
  const all = passages(KEY.getState(editor.state).text)
  if (empty) return { parts: all.filter((each) => each.from <= from && from <= each.to), isDirect: true }
  const inside = all.filter((each) => each.from < to && each.to > from)
  const whole = inside.filter((each) => each.from >= from - 1 && each.to <= to + 1)
  if (whole.length) return { parts: whole, isDirect: true }
  const words = editor.state.doc.textBetween(from, to, " ").replace(/^[\s“”„"«»]+|[\s“”„"«»]+$/g, "")
  return { parts: words ? [{ from, to, words }] : [], isDirect: inside.length > 0 }
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
  const { text, quotes } = KEY.getState(editor.state)
  const { parts, isDirect } = selected(editor)
  if (!parts.length || !group()) return false
  const isSame = (place) => Math.abs(place.from - parts[0].from) <= SLACK && Math.abs(place.to - parts[0].to) <= SLACK
  const known = quotes.find(({ places }) => places.some(isSame))
  if (known) return openBeside(known.row)
  const row = emptyRow()
  const words = parts.map((part) => part.words.trim())
  row.dataset.anchors = JSON.stringify(words.map((exact, index) => surroundings(text, find(text, { exact }, parts[index].from), exact)))
  fill(row, words)
  const kind = field(row, "kind")
  if (kind) kind.value = isDirect ? "direct" : "indirect"
  row.querySelector(".inline_label").textContent = `“${words.join(" … ")}”`
  refresh(editor)
  openBeside(row, row.querySelector(`#id_${row.id}-speaker_search, [name="${row.id}-speaker"]`))
  return true
}

/** Where each quote stands goes with the form: words that stand twice are told apart on the server as they are here. */
function remember(editor, data) {
  const { text, quotes } = KEY.getState(editor.state)
  for (const { row, places } of quotes) {
    const input = field(row, "anchors")
    if (!input || !places.every(({ isHere }) => isHere)) continue
    data.set(input.name, JSON.stringify(places.map((each) => surroundings(text, each, each.words))))
  }
}

export const Quotes = Extension.create({
  name: "quotes",

  addProseMirrorPlugins() {
    const editor = this.editor
    return [
      new Plugin({
        key: KEY,
        state: {
          init: (_config, state) => place(state.doc, [], (position) => position),
          apply(transaction, value) {
            if (!transaction.docChanged && !transaction.getMeta(KEY)) return value
            return place(transaction.doc, value.quotes, (position, side) => transaction.mapping.map(position, side))
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
      button: buttons.text(gettext("Quote"), gettext("Record the selected words as a quote (Ctrl+Shift+Q)")),
      enabled: (editor) => Boolean(group()) && Boolean(!editor.state.selection.empty || at(editor) || selected(editor).parts.length),
      command: (editor) => record(editor),
    })
    menu.defineItem({
      name: "claim",
      groups: "sourcing",
      priority: 90,
      button: buttons.text(gettext("Claim"), gettext("Mark the selected words as a claim, on its own page")),
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
    group()?.closest("form").addEventListener("formdata", ({ formData }) => remember(editor, formData))
    group()?.addEventListener(
      "toggle",
      ({ target }) => {
        const row = target.closest(".inline-related")
        const box = row?.querySelector(".quote-drift")
        if (box) put(row, box)
      },
      true,
    )
    group()?.addEventListener("input", (event) => /-(text|parts|verification|DELETE)$/.test(event.target.name) && refresh(editor))
    group()?.addEventListener("change", (event) => /-(verification|DELETE)$/.test(event.target.name) && refresh(editor))
  },
})
