/*
 * A session that ends under an open page. `desk:signed-out` on the document asks: the browser may be signed in anew
 * already, then the page takes the new token; else a dialog logs the same person in. `desk:signed-in` says it is over.
 */

const root = document.querySelector("[data-session-url]")
let current = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""
let isAsking = false

/** The token that forms of this page are sent with now. */
export function token() {
  return current
}

function renew(value) {
  current = value
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = value
}

function arrived() {
  dialog.close()
  isAsking = false
  document.dispatchEvent(new CustomEvent("desk:signed-in"))
}

/** Looked after again while the dialog stands: one may log in in another window. */
async function ask() {
  if (!root || (isAsking && !dialog.open)) return
  isAsking = true
  try {
    const answer = await (await fetch(root.dataset.sessionUrl)).json()
    renew(answer.token)
    if (answer.username === root.dataset.username) return arrived()
    if (answer.username) say(root.dataset.other)
    if (!dialog.open) show()
  } catch {
    isAsking = dialog.open // no connection: asked again with the next beat
  }
}

const dialog = root?.querySelector("dialog")
const line = dialog?.querySelector("[role=alert]")
const form = dialog?.querySelector("form")

function say(sentence) {
  line.textContent = sentence
  line.hidden = !sentence
}

function show() {
  dialog.showModal()
  form.elements.password.focus()
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault()
  say("")
  try {
    const answer = await fetch(root.dataset.sessionUrl, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-CSRFToken": token() },
    })
    const told = await answer.json()
    renew(told.token)
    if (!answer.ok) return say(told.error)
    form.elements.password.value = ""
    arrived()
  } catch {
    say(root.dataset.failed)
  }
})
dialog?.addEventListener("close", () => setTimeout(() => (isAsking = false), 60_000))
document.addEventListener("desk:signed-out", ask)
