/* Slots and stories are dragged, and stepped up and down in place; all of it ends in the fields that the form has anyway. */
const form = document.querySelector("[data-arrange]")
const says = form.querySelector("[data-says]")
const slots = [...form.querySelectorAll("[data-slot]")]
const PARTS = ["story", "headline", "pinned", "until"]
let dragged = null

const field = (slot, part) => form.elements.namedItem(`${slot.dataset.slot}-${part}`)

/** What stands in a slot, to be put elsewhere. */
const read = (slot) =>
  PARTS.map((part) => {
    const element = field(slot, part)
    return element && (element.type === "checkbox" ? element.checked : element.value)
  })

function write(slot, values) {
  PARTS.forEach((part, n) => {
    const element = field(slot, part)
    if (!element) return
    if (element.type === "checkbox") element.checked = Boolean(values[n])
    else element.value = values[n] ?? ""
  })
  show(slot)
}

const NOTHING = ["", "", false, ""]
const isFilled = (slot) => field(slot, "story").value !== ""
const isPinned = (slot) => field(slot, "pinned").checked

/** Say in the slot what its fields say. */
function show(slot) {
  const story = field(slot, "story")
  const title = slot.querySelector("[data-title]")
  const words = field(slot, "headline")?.value || (story.value && story.selectedOptions[0].textContent.trim())
  title.textContent = words || form.dataset.empty
  title.classList.toggle("slot__newest", !words)
  slot.classList.toggle("is-filled", isFilled(slot))
  slot.querySelector("[data-note]")?.remove()
  for (const pick of form.querySelectorAll("[data-pick]")) {
    pick.classList.toggle("is-placed", slots.some((each) => field(each, "story").value === pick.dataset.pick))
  }
  arm()
}

function exchange(one, other) {
  const values = read(one)
  write(one, read(other))
  write(other, values)
  says.textContent = `${form.dataset.moved} ${other.dataset.label}`
}

/** Put a story in: what stands there gives way downwards, over what is pinned, until a slot is empty. */
function insert(slot, pk) {
  const before = slots.find((each) => field(each, "story").value === pk)
  if (before) return exchange(before, slot)
  let values = [pk, "", false, ""]
  for (const each of slots.slice(slots.indexOf(slot))) {
    if (each !== slot && isPinned(each)) continue
    const here = read(each)
    write(each, values)
    values = here
    if (here[0] === "") break
  }
  says.textContent = `${form.dataset.moved} ${slot.dataset.label}`
}

/* --- buttons ----------------------------------------------------------------------------------------------------- */

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=act]")
  if (!button) return
  const [act, what] = button.value.split(":")
  const slot = slots.find((each) => each.dataset.slot === what)
  if (act === "up" || act === "down") {
    const other = slots[slots.indexOf(slot) + (act === "up" ? -1 : 1)]
    exchange(slot, other)
    const again = other.querySelector(`button[value^="${act}:"]:not(:disabled)`) ?? other.querySelector("button:not(:disabled)")
    again.focus()
  } else if (act === "empty") {
    write(slot, NOTHING)
  } else if (act === "place") {
    const free = slots.find((each) => !isFilled(each))
    if (free) insert(free, what)
    else says.textContent = form.dataset.full
  } else return
  event.preventDefault()
})

form.addEventListener("input", (event) => {
  const slot = event.target.closest("[data-slot]")
  if (slot) show(slot)
})

/* --- dragging ---------------------------------------------------------------------------------------------------- */

/** What stands in a slot can be dragged by its title; fields stay fields. */
function arm() {
  for (const slot of slots) slot.querySelector("[data-title]").draggable = isFilled(slot)
}

function isDragged(what, event, words) {
  dragged = what
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setData("text/plain", words)
  form.classList.add("is-dragging")
}

for (const slot of slots) {
  const title = slot.querySelector("[data-title]")
  title.addEventListener("dragstart", (event) => isDragged({ slot }, event, title.textContent))
  slot.addEventListener("dragover", (event) => {
    if (!dragged || dragged.slot === slot) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "move"
    slot.classList.add("is-over")
  })
  slot.addEventListener("dragleave", (event) => slot.contains(event.relatedTarget) || slot.classList.remove("is-over"))
  slot.addEventListener("drop", (event) => {
    if (!dragged) return
    event.preventDefault()
    if (dragged.slot) exchange(dragged.slot, slot)
    else insert(slot, dragged.pick)
  })
}
for (const pick of form.querySelectorAll("[data-pick]")) {
  pick.draggable = true
  pick.addEventListener("dragstart", (event) =>
    isDragged({ pick: pick.dataset.pick }, event, pick.querySelector(".pick__title").textContent),
  )
}
document.addEventListener("dragend", () => {
  dragged = null
  form.classList.remove("is-dragging")
  form.querySelector(".is-over")?.classList.remove("is-over")
})
document.addEventListener("drop", () => form.querySelector(".is-over")?.classList.remove("is-over"))
arm()
