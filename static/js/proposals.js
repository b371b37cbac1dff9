/* Walking the proposals by keys. Every decision is a plain form; this only moves the focus and presses its buttons. */

const root = document.querySelector("[data-proposals]")
const items = [...root.querySelectorAll("[data-proposal]")]
const keySwitch = root.querySelector("[data-keys-switch]")
const STORED = "newsroom-proposal-keys"

/** The item that holds the focus, or was walked to last. */
function current() {
  return document.activeElement?.closest("[data-proposal]") ?? root.querySelector(".proposal.is-current")
}

function marksOf(item) {
  return root.querySelectorAll(`[data-mark="${item.dataset.proposal}"]`)
}

/** Show which proposal is meant: in the list and, where there is room beside it, in the copy. */
function point(item) {
  for (const old of root.querySelectorAll(".is-current")) old.classList.remove("is-current")
  item.classList.add("is-current")
  const [first] = marksOf(item)
  for (const mark of marksOf(item)) mark.classList.add("is-current")
  const copy = root.querySelector(".proposals__copy")
  if (!first || copy.scrollHeight <= copy.clientHeight) return
  const top = first.getBoundingClientRect().top - copy.getBoundingClientRect().top
  if (top < 60 || top > copy.clientHeight - 60) copy.scrollTop += top - copy.clientHeight / 3
}

function go(item) {
  if (!item) return
  item.focus()
  item.scrollIntoView({ block: "nearest" })
}

function step(by) {
  const at = items.indexOf(current())
  go(items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + by, 0), items.length - 1)])
}

/** The first open proposal from `item` on, else the first open one of all. */
function nextOpen(item) {
  const from = items.slice(items.indexOf(item))
  return [...from, ...items].find((each) => each.dataset.state === "open")
}

function open(item, selector) {
  const details = item.querySelector(selector)
  if (!details) return false
  details.open = true
  details.querySelector("button[name=reason], input:not([type=hidden]), select")?.focus()
  return true
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  a: (item) => item?.querySelector("[data-accept]")?.click(),
  c: (item) => item && open(item, "[data-change]"),
  r: (item) => item && (open(item, "[data-reject]") || item.querySelector("[data-reject-now]")?.click()),
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat && event.key === "a") return
  const item = current()
  if (event.key === "Escape" && item) {
    const details = event.target.closest("details")
    if (details) details.open = false
    go(item)
    return
  }
  if (!keySwitch.checked || isTyping(event.target)) return
  // Arrows scroll the page as ever until somebody walks the list.
  if (event.key.startsWith("Arrow") && !event.target.matches("[data-proposal]")) return
  const act = KEYS[event.key]
  if (!act) return
  event.preventDefault()
  act(item)
})

root.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-proposal]")
  if (item) point(item)
})

root.addEventListener("click", (event) => {
  const mark = event.target.closest("a[data-mark]")
  if (mark) go(document.getElementById(`proposal-${mark.dataset.mark}`))
})

/** After a decision the page comes back at the proposal decided: go on to the next open one. */
function arrive() {
  const target = document.getElementById(location.hash.slice(1))
  const item = target?.closest("[data-proposal]")
  if (!item) return
  const invalid = root.querySelector("details[open] .errorlist")
  go(invalid ? invalid.closest("[data-proposal]") : item.dataset.state === "open" ? item : (nextOpen(item) ?? item))
}

root.querySelector("[data-keys]").hidden = false
keySwitch.checked = localStorage.getItem(STORED) !== "off"
keySwitch.addEventListener("change", () => localStorage.setItem(STORED, keySwitch.checked ? "on" : "off"))
// The browser itself puts the focus on the part of the page that the address names, as late as at the end of loading.
const afterLoading = () => setTimeout(arrive)
if (document.readyState === "complete") afterLoading()
else addEventListener("load", afterLoading, { once: true })
