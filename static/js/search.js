/*
 * Suggestions under the field of the search page: an ARIA combobox over a form that works without it.
 *
 * Arrows walk, Enter opens what is chosen or else searches, Escape closes. What was asked once is remembered for as long
 * as the page stands.
 */

const WAIT = 140

const element = (tag, attributes, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

class Suggestions {
  constructor(form) {
    this.form = form
    this.input = form.querySelector("input[type=search]")
    this.known = new Map()
    this.found = []
    this.active = -1
    this.list = element("ul", { class: "suggestions", id: "search-suggestions", role: "listbox" })
    this.list.setAttribute("aria-label", form.querySelector("label").textContent)
    this.list.hidden = true
    this.status = element("p", { class: "unseen", role: "status" })
    form.append(this.list, this.status)
    const role = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }
    for (const [name, value] of Object.entries(role)) this.input.setAttribute(name, value)
    this.input.addEventListener("input", () => this.later())
    this.input.addEventListener("keydown", (event) => this.key(event))
    this.input.addEventListener("blur", () => this.close())
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("[role=option]")
      if (line) this.open(this.found[Number(line.dataset.number)])
    })
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), WAIT)
  }

  async ask() {
    const text = this.input.value.trim().replace(/\s+/g, " ")
    if (text.length < 2) return this.close()
    const found = this.known.get(text) || (await this.fetch(text))
    if (!found || text !== this.input.value.trim().replace(/\s+/g, " ") || document.activeElement !== this.input) return
    this.known.set(text, found)
    this.show(found)
  }

  async fetch(text) {
    this.request?.abort()
    this.request = new AbortController()
    try {
      const address = `${this.form.dataset.suggest}?q=${encodeURIComponent(text)}`
      const response = await fetch(address, { signal: this.request.signal, headers: { Accept: "application/json" } })
      return response.ok ? (await response.json()).suggestions : null
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error
      return null /* no network: the form works all the same */
    }
  }

  show(found) {
    this.found = found
    this.active = -1
    this.input.removeAttribute("aria-activedescendant")
    this.list.replaceChildren(...found.map((each, number) => this.line(each, number)))
    this.list.hidden = !found.length
    this.input.setAttribute("aria-expanded", String(!this.list.hidden))
    this.status.textContent = found.length ? this.form.dataset.count.replace("{n}", found.length) : this.form.dataset.none
  }

  line({ label, kind, language }, number) {
    const words = element("bdi", language ? { lang: language } : {}, label)
    const line = element("li", { class: "suggestions__line", role: "option", id: `search-suggestion-${number}` }, words)
    line.dataset.number = number
    line.setAttribute("aria-selected", "false")
    if (kind) line.append(element("span", { class: "suggestions__kind" }, kind))
    return line
  }

  move(step) {
    const count = this.found.length
    const at = this.active + step
    this.active = at < -1 ? count - 1 : at >= count ? -1 : at
    for (const [number, line] of [...this.list.children].entries()) {
      line.setAttribute("aria-selected", String(number === this.active))
      if (number === this.active) line.scrollIntoView({ block: "nearest" })
    }
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant")
    else this.input.setAttribute("aria-activedescendant", `search-suggestion-${this.active}`)
  }

  key(event) {
    if (event.isComposing) return
    const isOpen = !this.list.hidden
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1)
      else this.ask()
    } else if (event.key === "Enter" && isOpen && this.active >= 0) this.open(this.found[this.active])
    else if (event.key === "Escape" && isOpen) this.close()
    else return
    event.preventDefault()
  }

  open({ url }) {
    location.assign(url)
  }

  close() {
    clearTimeout(this.timer)
    this.request?.abort()
    this.list.hidden = true
    this.active = -1
    this.input.setAttribute("aria-expanded", "false")
    this.input.removeAttribute("aria-activedescendant")
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form)
