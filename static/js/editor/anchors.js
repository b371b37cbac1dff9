/* Words found again in the text of the editor, as `articles/anchoring.py` finds them; and what differs where they are not. */

const MARKS = { '"': /[“”„‟«»″]/, "'": /[‘’‚‛‹›′]/, "-": /[‐‑]/ }
const CONTEXT = 32

function plain(letter) {
  for (const [straight, odd] of Object.entries(MARKS)) if (odd.test(letter)) return straight
  return letter.normalize("NFC")
}

/** `chars` ([letter, position] each) as text with straight marks and single spaces, and the position of each of its letters. */
export function fold(chars) {
  let text = ""
  const places = []
  for (const [letter, position] of chars) {
    if (letter === "\u00ad") continue
    const isSpace = /[\s\u200b\u2060\ufeff]/.test(letter)
    if (isSpace && text.endsWith(" ")) continue
    for (const unit of isSpace ? " " : plain(letter)) {
      text += unit
      for (let index = 0; index < unit.length; index++) places.push(position)
    }
  }
  return { text, places }
}

/** The letters of a document with the position of each; blocks are parted by a line break. */
export function letters(doc) {
  const chars = []
  doc.descendants((node, position) => {
    if (node.isText) for (let at = 0; at < node.text.length; at++) chars.push([node.text[at], position + at])
    else if (node.isTextblock || node.type.name === "hardBreak") chars.push(["\n", position])
  })
  return chars
}

export function folded(words) {
  return fold([...words].map((letter, index) => [letter, index])).text.trim()
}

/** Where the words stand: {from, to} in the document, or null. Of several places the one whose surroundings fit best. */
export function find(text, { exact, prefix = "", suffix = "" }, near = null) {
  const words = folded(exact)
  if (!words) return null
  let best = null
  for (let at = text.text.indexOf(words); at >= 0; at = text.text.indexOf(words, at + 1)) {
    const end = at + words.length
    if (isLetter(text.text[at - 1]) && isLetter(words[0]) && !isLetter(prefix.at(-1))) continue
    if (isLetter(text.text[end]) && isLetter(words.at(-1)) && !isLetter(suffix[0])) continue
    const fit =
      shared([...text.text.slice(Math.max(0, at - CONTEXT), at)].reverse(), [...prefix].reverse()) +
      shared([...text.text.slice(end, end + CONTEXT)], [...suffix])
    const from = text.places[at]
    const distance = near === null ? 0 : Math.abs(from - near)
    if (!best || fit > best.fit || (fit === best.fit && distance < best.distance)) {
      best = { fit, distance, from, to: text.places[end - 1] + 1 }
    }
  }
  return best && { from: best.from, to: best.to }
}

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

const PASSAGE = /(?:“([^“”\n]+)”)|(?:„([^„“”\n]+)[“”])|(?:«([^«»\n]+)»)|(?:"([^"\n]+)")/g

/** The quoted passages of three words and more that stand in one block: {from, to, words}, without their marks. */
export function passages(doc) {
  const found = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return
    const text = node.textBetween(0, node.content.size, "\n", "\ufffc")
    for (const match of text.matchAll(PASSAGE)) {
      const words = match.slice(1).find(Boolean)
      if (words.trim().split(/\s+/).length < 3) continue
      const from = position + 1 + match.index + 1
      found.push({ from, to: from + words.length, words })
    }
  })
  return found
}
