/* Cards are dragged and stepped through by keyboard; both end in the button or link that every card has anyway. */
import { along } from "./arrows.js"

const board = document.querySelector(".board__columns")
const says = document.querySelector("[data-board-says]")
let dragged = null

/** The button or link that takes this card to that column, if there is one. */
const way = (card, column) => card.querySelector(`[data-to="${CSS.escape(column.dataset.column)}"]`)

function take(card, column) {
  const choice = way(card, column)
  if (choice.disabled) {
    card.querySelector("details").open = true
    says.textContent = choice.dataset.why
    return
  }
  if (choice.tagName === "A") choice.click()
  else choice.form.requestSubmit(choice)
}

for (const card of document.querySelectorAll("[data-card]")) {
  if (!card.querySelector('[data-to]:not([data-to=""])')) continue
  card.draggable = true
  card.addEventListener("dragstart", (event) => {
    dragged = card
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", card.querySelector(".card__title").textContent)
    card.classList.add("is-dragged")
    board.classList.add("is-dragging")
    for (const column of board.children) {
      column.classList.toggle("is-open", column.contains(card) || Boolean(way(card, column)))
    }
  })
  card.addEventListener("dragend", () => {
    card.classList.remove("is-dragged")
    board.classList.remove("is-dragging")
    board.querySelector(".is-over")?.classList.remove("is-over")
    dragged = null
  })
}

for (const column of board.children) {
  const takes = () => dragged && !column.contains(dragged) && way(dragged, column)
  column.addEventListener("dragover", (event) => {
    if (!takes()) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "move"
    column.classList.add("is-over")
  })
  column.addEventListener("dragleave", (event) => column.contains(event.relatedTarget) || column.classList.remove("is-over"))
  column.addEventListener("drop", (event) => {
    if (!takes()) return
    event.preventDefault()
    take(dragged, column)
  })
}

/* --- keyboard ---------------------------------------------------------------------------------------------------- */

const cardsOf = (column) => [...column.querySelectorAll("[data-card]")]

/** The card that an arrow leads to. */
function next(card, key) {
  const column = card.closest("[data-column]")
  const cards = cardsOf(column)
  const at = cards.indexOf(card)
  if (key === "ArrowDown" || key === "ArrowUp") return cards[at + (key === "ArrowDown" ? 1 : -1)]
  const full = [...board.children].filter((each) => cardsOf(each).length)
  const beside = full[full.indexOf(column) + along(key)]
  return beside && cardsOf(beside)[Math.min(at, cardsOf(beside).length - 1)]
}

board.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const card = event.target.closest("[data-card]")
  const menu = card?.querySelector("details")
  if (event.key.startsWith("Arrow")) {
    const to = card ? next(card, event.key) : board.querySelector("[data-card]")
    if (!to) return
    event.preventDefault()
    to.querySelector(".card__title").focus()
  } else if (event.key.toLowerCase() === "m" && menu && !event.shiftKey) {
    event.preventDefault()
    menu.open = true
    const first = menu.querySelector("button:not(:disabled), a") ?? menu.querySelector("summary")
    first.focus()
  } else if (event.key === "Escape" && menu?.open) {
    menu.open = false
    card.querySelector(".card__title").focus()
  }
})
