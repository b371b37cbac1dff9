/*
 * Cleans what comes from the clipboard: Word, Google Docs and web pages bring markup of their own.
 *
 * Under a strict CSP the browser drops style attributes while it parses the clipboard, so that Google Docs' wrapper
 * <b style="font-weight: normal"> reads as bold. The attribute is therefore renamed before anything is parsed, and read
 * from there; this also keeps the console quiet.
 */
import { Extension, Plugin } from "django-prose-editor/editor"

const STYLE = "data-pasted-style"
const DROPPED = "script, style, img, picture, svg, video, audio, iframe, object, embed, form, input, button, meta, link, title, xml"
const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" }
const HANDLER = /\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi
const KEPT = { A: ["href", "data-document"], OL: ["start"], SPAN: ["data-not-speech"] }

/** HTML of the clipboard as the editor should read it. */
export function cleanPaste(html) {
  if (html.includes("data-pm-slice")) return withoutStyles(html)
  const doc = new DOMParser().parseFromString(withRenamedStyles(html), "text/html")
  const body = doc.body
  for (const node of body.querySelectorAll(DROPPED)) node.remove()
  for (const node of [...body.querySelectorAll("*")].filter((el) => el.tagName.includes(":"))) unwrap(node)
  wordLists(body)
  for (const [from, to] of Object.entries(HEADINGS)) {
    for (const node of [...body.querySelectorAll(from)]) rename(node, to)
  }
  for (const node of [...body.querySelectorAll("b, strong, i, em, span, font, u, ins")]) inlineStyle(node)
  for (const node of [...body.querySelectorAll("h2 strong, h3 strong")]) unwrap(node)
  for (const node of [...body.querySelectorAll("a")]) link(node)
  for (const node of [...body.querySelectorAll("li > p:only-child")]) unwrap(node)
  for (const node of [...body.querySelectorAll("br")]) lineBreak(node)
  for (const node of [...body.querySelectorAll("*")]) bare(node)
  for (const node of [...body.querySelectorAll("p, h2, h3, li")]) if (isEmpty(node)) node.remove()
  return body.innerHTML.replace(/&nbsp;|\u00a0/g, " ")
}

const inTags = (html, replace) => html.replace(/<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi, replace)
const withoutStyles = (html) =>
  inTags(html, (tag) => tag.replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "").replace(HANDLER, " "))

function withRenamedStyles(html) {
  const start = html.search(/<body[\s>]/i)
  const body = (start < 0 ? html : html.slice(start))
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<!\[if !support\w+\]>|<!\[endif\]>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
  return inTags(body, (tag) => tag.replace(/(\s)style(\s*=)/gi, `$1${STYLE}$2`).replace(HANDLER, " "))
}

function styles(node) {
  const declarations = (node.getAttribute(STYLE) || "").split(";").map((part) => part.split(":"))
  return Object.fromEntries(
    declarations.filter((pair) => pair.length > 1).map(([name, ...value]) => [name.trim().toLowerCase(), value.join(":").trim()]),
  )
}

function unwrap(node) {
  node.replaceWith(...node.childNodes)
}

function rename(node, tag) {
  const fresh = node.ownerDocument.createElement(tag)
  for (const { name, value } of node.attributes) fresh.setAttribute(name, value)
  fresh.append(...node.childNodes)
  node.replaceWith(fresh)
  return fresh
}

/** Bold, italic, raised and lowered text by what it looks like; every other inline wrapper goes. */
function inlineStyle(node) {
  if (node.matches("span[data-not-speech]")) return
  const style = styles(node)
  const weight = style["font-weight"]
  const isBold = weight ? weight === "bold" || Number(weight) >= 600 : node.matches("b, strong")
  const isItalic = style["font-style"] ? style["font-style"] === "italic" : node.matches("i, em")
  const wanted = [
    isBold && "strong",
    isItalic && "em",
    style["vertical-align"] === "super" && "sup",
    style["vertical-align"] === "sub" && "sub",
  ].filter(Boolean)
  const holdsBlocks = node.querySelector("p, ul, ol, h2, h3, blockquote, div, table")
  if (!holdsBlocks && node.textContent.trim()) {
    for (const tag of wanted) {
      if (node.parentElement.closest(tag)) continue
      const wrapper = node.ownerDocument.createElement(tag)
      wrapper.append(...node.childNodes)
      node.append(wrapper)
    }
  }
  unwrap(node)
}

/** Word marks lists as paragraphs with "mso-list: l0 level2 lfo1" and types the bullet into them. */
function wordLists(body) {
  let stack = []
  let last = null
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3")]) {
    const match = /level(\d+)/.exec(styles(paragraph)["mso-list"] || "")
    if (!match) continue
    if (last && last !== paragraph.previousElementSibling) stack = []
    const level = Number(match[1])
    const tag = isNumbered(paragraph) ? "ol" : "ul"
    while (stack.length > level) stack.pop()
    if (stack.length === level && stack.at(-1).tagName.toLowerCase() !== tag) stack.pop()
    while (stack.length < level) stack.push(openList(paragraph, stack.at(-1), tag))
    const item = body.ownerDocument.createElement("li")
    item.append(...paragraph.childNodes)
    stack.at(-1).append(item)
    paragraph.remove()
    last = stack[0]
  }
}

function openList(paragraph, parent, tag) {
  const list = paragraph.ownerDocument.createElement(tag)
  if (!parent) {
    paragraph.before(list)
    return list
  }
  if (!parent.lastElementChild) parent.append(paragraph.ownerDocument.createElement("li"))
  parent.lastElementChild.append(list)
  return list
}

function isNumbered(paragraph) {
  const marker = [...paragraph.querySelectorAll(`[${STYLE}]`)].find((el) => /^ignore$/i.test(styles(el)["mso-list"] || ""))
  const text = (marker || paragraph).textContent.replace(/\u00a0/g, " ").trim()
  marker?.remove()
  return /^(\d+|[a-z]|[ivxlc]+)[.)]/i.test(text)
}

function link(node) {
  let href = node.getAttribute("href") || ""
  const redirect = /^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?(.*)$/i.exec(href)
  if (redirect) {
    const target = new URLSearchParams(redirect[1])
    href = target.get("q") || target.get("url") || ""
  }
  if (!/^(https?:|mailto:)/i.test(href) || !node.textContent.trim()) unwrap(node)
  else node.setAttribute("href", href)
}

function lineBreak(node) {
  const next = node.nextSibling
  const isLast = !next || (next.nodeType === Node.TEXT_NODE && !next.nextSibling && !next.data.trim())
  if (isLast || !node.parentElement.closest("p, li, h2, h3, blockquote, td, div")) node.remove()
}

function bare(node) {
  const kept = KEPT[node.tagName] || []
  for (const { name } of [...node.attributes]) if (!kept.includes(name)) node.removeAttribute(name)
}

const isEmpty = (node) => !node.textContent.replace(/\u00a0/g, " ").trim() && !node.querySelector("hr, figure")

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins() {
    return [new Plugin({ props: { transformPastedHTML: cleanPaste } })]
  },
})
