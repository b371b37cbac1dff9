/* Words found again in the text of the editor, as `articles/anchoring.py` finds them; and what differs where they are not.

   A keystroke changes one block. What was read of the others is kept with them: ten thousand words stay quick. */

import { inBlock } from "./passages.js"
import { isBeside } from "./pieces.js"

const MARKS = { "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "‹": "'", "›": "'", "′": "'", "‐": "-", "‑": "-" }
const CLUSTER =
  /([\s\u200b\u2060\ufeff]+)|(\u00ad)|([!-~]+(?: [!-~]+)*(?![\u0300-\u036f]))|[^\s][\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u1161-\u11ff\u20d0-\u20ff\u3099\u309a]*/gu
// What stands for an element without words: a note on a document counts as nothing, as a soft hyphen does.
const LEAVES = { hardBreak: "\n", documentNote: "\u00ad" }
const CONTEXT = 32
const SHORT = 12

/** `words` with straight marks, single spaces and Unicode composed; where each of its letters starts and ends in them. */
function fold(words) {
  let text = ""
  const starts = []
  const ends = []
  for (const [match, space, soft, ascii] of iterate(words)) {
    const { 0: found, index } = match
    if (soft) continue
    const letters = space ? " " : ascii ? found : (MARKS[found] ?? found.normalize("NFC"))
    text += letters
    for (let at = 0; at < letters.length; at++) {
      starts.push(ascii ? index + at : index)
      ends.push(ascii ? index + at + 1 : index + found.length)
    }
  }
  return { text, starts, ends }
}

function* iterate(words) {
  for (const match of words.matchAll(CLUSTER)) yield [match, match[1], match[2], match[3]]
}

export const folded = (words) => fold(words).text.trim()

const blocks = new WeakMap()

/** A block of text as it is compared, read once: blocks of a document are never changed, only replaced. */
function block(node) {
  let known = blocks.get(node)
  if (!known) {
    const words = node.textBetween(0, node.content.size, "\n", (leaf) => LEAVES[leaf.type.name] ?? "\ufffc")
    const { text, starts, ends } = fold(words)
    const skipped = text.length - text.trimStart().length
    const trimmed = text.trim()
    known = {
      text: trimmed,
      starts: starts.slice(skipped, skipped + trimmed.length),
      ends: ends.slice(skipped, skipped + trimmed.length),
      passages: inBlock(words),
    }
    blocks.set(node, known)
  }
  return known
}

/** A document as it is compared: its text, and the blocks it is made of with where each begins in the text and in it. */
export function read(doc) {
  const parts = []
  const texts = []
  let length = 0
  doc.descendants((node, position) => {
    if (isBeside(node)) return false
    if (!node.isTextblock) return true
    const part = block(node)
    if (part.text) {
      parts.push({ ...part, at: length, position: position + 1 })
      texts.push(part.text)
      length += part.text.length + 1
    }
    return false
  })
  return { text: texts.join(" "), parts }
}

/** The part that holds the letter `at` of the text. */
function partAt({ parts }, at) {
  let [low, high] = [0, parts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (parts[middle].at <= at) low = middle
    else high = middle - 1
  }
  return parts[low]
}

function place(text, at, name) {
  const part = partAt(text, at)
  return part.position + part[name][Math.min(at - part.at, part.text.length - 1)]
}

/** Where the words stand: {from, to, at} in the document, or null: at `near`, where they stood and still do; else of several
    places the one whose surroundings fit best. `isBarred(key)` says that a place is another record's. */
export function find(text, { exact, prefix = "", suffix = "" }, near = null, isBarred = () => false) {
  const words = folded(exact)
  if (!words) return null
  let best = null
  let count = 0
  for (let at = text.text.indexOf(words); at >= 0; at = text.text.indexOf(words, at + 1)) {
    const end = at + words.length
    if (isLetter(text.text[at - 1]) && isLetter(words[0]) && !isLetter(prefix.at(-1))) continue
    if (isLetter(text.text[end]) && isLetter(words.at(-1)) && !isLetter(suffix[0])) continue
    const key = `${at} ${words}`
    if (isBarred(key)) continue
    count++
    const before = text.text.slice(Math.max(0, at - CONTEXT), at)
    const after = text.text.slice(end, end + CONTEXT)
    const [lead, trail] = [prefix.trimStart(), suffix.trimEnd()]
    const isWhole = Boolean(lead || trail) && before.endsWith(lead) && after.startsWith(trail)
    const fit = isWhole ? 2 * CONTEXT : shared(backwards(before), backwards(lead)) + shared(after, trail)
    const from = place(text, at, "starts")
    const distance = near === null ? 0 : Math.abs(from - near)
    const isSame = from === near || (near === null && isWhole)
    if (!best || isSame > best.isSame || (isSame === best.isSame && (fit > best.fit || (fit === best.fit && distance < best.distance)))) {
      best = { fit, distance, isSame, key, at, from, to: place(text, end - 1, "ends") }
    }
  }
  if (best?.fit === 0 && !best.isSame && (prefix || suffix) && (words.length < SHORT || (count > 1 && near === null))) return null
  return best
}

/** The surroundings of a place as an anchor keeps them. */
export function surroundings(text, place, exact) {
  if (!place) return { exact }
  const { at } = place
  const end = at + folded(exact).length
  return { exact, prefix: text.text.slice(Math.max(0, at - CONTEXT), at), suffix: text.text.slice(end, end + CONTEXT) }
}

const backwards = (words) => words.split("").reverse().join("")

const isLetter = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)

function shared(one, other) {
  let count = 0
  while (count < one.length && count < other.length && one[count] === other[count]) count++
  return count
}

/** The difference of two texts by words: [kind, words] with kind "same", "gone" or "new". */
export function difference(before, after) {
  const [old, now] = [before, after].map((words) => words.split(/\s+/).filter(Boolean).slice(0, 400))
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i][j] = folded(old[i]) === folded(now[j]) ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1])
    }
  }
  const runs = []
  const add = (kind, word) => (runs.at(-1)?.[0] === kind ? runs.at(-1)[1].push(word) : runs.push([kind, [word]]))
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && folded(old[i]) === folded(now[j])) [i, j] = (add("same", now[j]), [i + 1, j + 1])
    else if (j >= now.length || (i < old.length && table[i + 1][j] >= table[i][j + 1])) i = (add("gone", old[i]), i + 1)
    else j = (add("new", now[j]), j + 1)
  }
  return runs.map(([kind, words]) => [kind, words.join(" ")])
}

/** The quoted passages of three words and more: {from, to, words}, without their marks. */
export function passages({ parts }) {
  return parts.flatMap(({ position, passages: found }) =>
    found.map(({ start, end, words }) => ({ from: position + start, to: position + end, words })),
  )
}
