/* What is typed is kept on the server every few seconds, and in this browser while the server cannot be reached. */

import { token } from "./session.js"

const WAIT = 3000
const SKIPPED = new Set(["csrfmiddlewaretoken", "_save", "_continue"])

/** The form as it would be posted: name → list of values. */
function valuesOf(form) {
  const values = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || SKIPPED.has(name) || name.includes("__prefix__")) continue
    ;(values[name] ??= []).push(value)
  }
  return JSON.stringify(values)
}

/** Local storage may be full or forbidden; then there is no local copy. */
function storage(act) {
  try {
    return act(window.localStorage)
  } catch {
    return null
  }
}

/** Keep `form` at the address its status line names; the line says how that went. */
function keep(form, line) {
  const { autosaveUrl: url, autosaveKey: key, autosaveOffline: offline } = line.dataset
  let last = valuesOf(form)
  let timer = 0
  let isLeaving = false

  async function send(body) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      })
      const isJSON = answer.headers.get("Content-Type")?.includes("json")
      const isSignedOut = answer.status === 401 || (answer.status === 403 && !isJSON)
      if (isSignedOut) document.dispatchEvent(new CustomEvent("desk:signed-out"))
      const told = isJSON ? await answer.json() : { error: offline }
      line.textContent = told.status ?? told.error
      if (!answer.ok) throw new Error(told.error)
      storage((store) => store.removeItem(key))
      last = body
      return true
    } catch (failure) {
      storage((store) => store.setItem(key, body))
      if (failure instanceof TypeError) line.textContent = offline
      return false
    }
  }

  async function tick() {
    timer = 0
    const body = valuesOf(form)
    if (isLeaving || body === last) return
    if (!(await send(body))) later()
    else if (valuesOf(form) !== last) later()
  }

  /** A copy of what was posted is forgotten once the page comes with a newer version: it was saved. */
  function sendWhatWasLeft(left) {
    if (!left) return
    const { _sent: sent, ...values } = JSON.parse(left)
    const isSaved = sent && values.seen_version?.[0] !== form.elements.seen_version?.value
    const body = JSON.stringify(values)
    if (isSaved || body === last) storage((store) => store.removeItem(key))
    else send(body)
  }

  function later() {
    timer ||= setTimeout(tick, WAIT)
  }

  sendWhatWasLeft(storage((store) => store.getItem(key)))
  form.addEventListener("input", later)
  form.addEventListener("change", later)
  form.addEventListener("keyup", later)
  window.addEventListener("online", tick)
  document.addEventListener("desk:signed-in", later)
  form.addEventListener("submit", () => {
    isLeaving = true
    storage((store) => store.setItem(key, JSON.stringify({ ...JSON.parse(valuesOf(form)), _sent: ["1"] })))
  })
}

const line = document.querySelector("[data-autosave-url]")
if (line) keep(line.closest("form"), line)
