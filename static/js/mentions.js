/* Names of colleagues offered while “@” is typed in a note. Without this, “@username” is typed out. */

const CALL = /(?:^|[\s(“"'])@([\p{L}\p{N}_.+-]*)$/u
let count = 0

/** Offer the people of `url` in the textarea `field`. */
export function offerNames(field, url) {
  const box = document.createElement("div")
  box.className = "mention"
  field.before(box)
  const list = document.createElement("ul")
  list.className = "mention__list"
  list.id = `mentions-${(count += 1)}`
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "@")
  list.hidden = true
  box.append(field, list)
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  let active = -1
  let asked = 0

  const typed = () => CALL.exec(field.value.slice(0, field.selectionStart))?.[1]

  function close() {
    asked += 1
    active = -1
    list.hidden = true
    list.replaceChildren()
    field.removeAttribute("aria-activedescendant")
  }

  function choose(at) {
    active = (at + list.children.length) % list.children.length
    ;[...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === active)))
    field.setAttribute("aria-activedescendant", list.children[active].id)
    list.children[active].scrollIntoView({ block: "nearest" })
  }

  function insert(option) {
    const end = field.selectionStart
    const start = end - typed().length
    field.setRangeText(`${option.dataset.username} `, start, end, "end")
    close()
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  function draw(people) {
    list.replaceChildren(
      ...people.map(({ username, name }, index) => {
        const option = document.createElement("li")
        option.id = `${list.id}-${index}`
        option.setAttribute("role", "option")
        option.dataset.username = username
        const full = document.createElement("span")
        full.textContent = name
        option.append(`@${username}`, full)
        return option
      }),
    )
    list.hidden = !people.length
    if (people.length) choose(0)
  }

  field.addEventListener("input", async () => {
    const words = typed()
    if (words === undefined) return close()
    const mine = (asked += 1)
    const response = await fetch(`${url}?q=${encodeURIComponent(words)}`).catch(() => null)
    if (mine !== asked || !response?.ok) return
    draw((await response.json()).results)
  })
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return
    if (event.key === "ArrowDown") choose(active + 1)
    else if (event.key === "ArrowUp") choose(active - 1)
    else if (event.key === "Enter" || event.key === "Tab") insert(list.children[active])
    else if (event.key === "Escape") close()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  field.addEventListener("blur", close)
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    const option = event.target.closest("[role=option]")
    if (option) insert(option)
  })
}
