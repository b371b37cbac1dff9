/* Quoted passages in a paragraph, found as `articles/quoting/marks.py` finds them: what rule R1 asks a record for. */

const MARK = /[“”„‟"«»]|''(?!')/g
const SINGLE = /(?<![\p{L}\p{N}_’'])[‘'](?=[^\s‘’'])([^‘\n]{12,}?)(?<=[^\s‘])[’'](?![\p{L}\p{N}_])/gu
const MIN_WORDS = 3

/** What may close words that were opened by a mark. */
const CLOSES = { "“": '”"', '"': '”"', "”": '“”"', "''": '”"', "„": '“”"', "‟": '”"', "«": "»", "»": "«»" }

const LETTER = /[\p{L}\p{N}]/u
const isInches = (text, at) => /\d/.test(text[at - 1] ?? "") && !LETTER.test(text[at + 1] ?? "")
/** Marks that close in one language open in another: there they stand before a word and after none. */
const standsBefore = (text, at) => LETTER.test(text[at + 1] ?? "") && !LETTER.test(text[at - 1] ?? "") && !/[.,!?…]/.test(text[at - 1] ?? "")
const opens = (text, mark, at) => {
  if (mark === '"') return !isInches(text, at)
  return "”»".includes(mark) ? standsBefore(text, at) : true
}

/** The passages of three words and more in `text`: {start, end, words} each; what nothing closes runs to the line's end. */
export function inBlock(text) {
  const found = []
  let offset = 0
  for (const line of text.split("\n")) {
    for (const [start, end] of inLine(line)) {
      const words = line.slice(start, end)
      if (words.split(/\s+/).filter(Boolean).length >= MIN_WORDS) found.push({ start: offset + start, end: offset + end, words })
    }
    offset += line.length + 1
  }
  return found
}

function inLine(line) {
  const found = []
  let opened = null
  let hasDouble = false
  for (const { 0: mark, index } of line.matchAll(MARK)) {
    hasDouble = true
    if (opened === null) {
      if (opens(line, mark, index)) opened = { at: index + mark.length, mark }
    } else if (mark === "''" || CLOSES[opened.mark].includes(mark)) {
      if (index > opened.at) found.push([opened.at, index])
      opened = null
    }
  }
  if (opened && line.length - opened.at > 1) found.push([opened.at, line.length])
  if (hasDouble) return found
  return [...line.matchAll(SINGLE)].map((match) => [match.index + 1, match.index + 1 + match[1].length])
}
