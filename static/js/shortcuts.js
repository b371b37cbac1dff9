/* Keys that lead somewhere on the desk; `data-ways` of the script says where. The list of them is a page of its own. */

const STORED = "newsroom-proposal-keys" // one switch for all single keys
const ways = JSON.parse(document.querySelector("[data-ways]")?.dataset.ways ?? "{}")
const keySwitch = document.querySelector(".shortcuts [data-keys-switch]")
let before = ""
let timer = 0

const isOn = () => {
  try {
    return localStorage.getItem(STORED) !== "off"
  } catch {
    return true
  }
}

/** Whether somebody is typing, or a list or a menu has the keys. */
function isBusy(target) {
  return Boolean(target.closest("input, textarea, select, [contenteditable=true], [role=listbox], [role=combobox], dialog[open]"))
}

function go(key) {
  const search = document.getElementById("searchbar")
  if (key === "/" && search) return search.focus()
  location.assign(ways[key])
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const save = document.querySelector("form[data-writing-desk] [name=_continue]")
    if (!save) return
    event.preventDefault()
    save.form.requestSubmit(save)
    return
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target) || !isOn()) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  clearTimeout(timer)
  const both = before + key
  before = ""
  if (ways[both]) {
    event.preventDefault()
    return go(both)
  }
  if (key === "g") {
    before = "g"
    timer = setTimeout(() => (before = ""), 1200)
  } else if (ways[key]) {
    event.preventDefault()
    go(key)
  }
})

if (location.hash === "#searchbar") document.getElementById("searchbar")?.focus()
if (keySwitch) {
  keySwitch.closest("[data-keys]").hidden = false
  keySwitch.checked = isOn()
  keySwitch.addEventListener("change", () => localStorage.setItem(STORED, keySwitch.checked ? "on" : "off"))
}
