/* Entries are dragged to another day: that fills in and sends the form which each of them has anyway. */
let dragged = null

for (const entry of document.querySelectorAll("[data-entry]")) {
  entry.draggable = true
  entry.addEventListener("dragstart", (event) => {
    dragged = entry
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", entry.querySelector("a").textContent)
    entry.classList.add("is-dragged")
  })
  entry.addEventListener("dragend", () => {
    entry.classList.remove("is-dragged")
    document.querySelector(".is-over")?.classList.remove("is-over")
    dragged = null
  })
}

/** Days that have passed take nothing, nor does the day it comes from. */
function takes(day) {
  return dragged && !("past" in day.dataset) && !day.contains(dragged)
}

for (const day of document.querySelectorAll("[data-day]")) {
  day.addEventListener("dragover", (event) => {
    if (!takes(day)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "move"
    day.classList.add("is-over")
  })
  day.addEventListener("dragleave", (event) => day.contains(event.relatedTarget) || day.classList.remove("is-over"))
  day.addEventListener("drop", (event) => {
    if (!takes(day)) return
    event.preventDefault()
    const form = dragged.querySelector("form")
    form.elements.day.value = day.dataset.day
    form.requestSubmit()
  })
}
