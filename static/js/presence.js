/* Says who else has this story open, and that we have. Without it the page says who was there when it was loaded. */

import { token } from "./session.js"

const BEAT = 15000

function attend(line) {
  const url = line.dataset.presenceUrl
  const form = document.querySelector("form[data-writing-desk]")
  let isWriting = false

  /** Tell the server; `gone` goes out even while the page is being closed. */
  function say(values) {
    const body = new URLSearchParams(values)
    return fetch(url, { method: "POST", body, keepalive: "gone" in values, headers: { "X-CSRFToken": token() } })
  }

  async function beat() {
    if (document.visibilityState === "hidden" && !isWriting) return
    try {
      const answer = await say(isWriting ? { writing: "1" } : {})
      if (answer.status === 401 || answer.status === 403) document.dispatchEvent(new CustomEvent("desk:signed-out"))
      if (answer.status === 404) {
        clearInterval(timer)
        line.textContent = line.dataset.presenceGone
        return
      }
      if (!answer.ok) return
      const { others, is_writing: isOtherWriting } = await answer.json()
      if (line.textContent !== others) line.textContent = others
      line.classList.toggle("desk-warning", isOtherWriting)
      line.classList.toggle("desk-meta", !isOtherWriting)
    } catch {
      // No connection: the next beat may have one.
    }
  }

  form?.addEventListener("input", (event) => {
    if (isWriting || (event.target.form && event.target.form !== form)) return
    isWriting = true
    beat()
  })
  document.addEventListener("visibilitychange", beat)
  window.addEventListener("pageshow", (event) => event.persisted && beat())
  window.addEventListener("pagehide", () => say({ gone: "1" }).catch(() => {}))
  const timer = setInterval(beat, BEAT)
  beat()
}

const line = document.querySelector("[data-presence-url]")
if (line) attend(line)
