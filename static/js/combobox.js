/*
 * Tags as chips with an ARIA combobox, laid over a text field of comma-separated names.
 *
 * The field stays the truth: it is what is posted, and without this module it is what a person types into. A name with
 * a comma stands in double quotes there, as in CSV; "Name (person)" adds a new actor of that kind, "Name (new)" a topic.
 */
import { along } from "./arrows.js"

/** "Libya, \"Haftar, Khalifa\"" → ["Libya", "Haftar, Khalifa"] */
export function parseNames(text) {
  const names = []
  let name = ""
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (quoted && char === '"' && text[at + 1] === '"') {
      name += char
      at += 1
    } else if (char === '"' && (quoted || !name.trim())) {
      quoted = !quoted
      if (quoted) name = ""
    } else if (",،".includes(char) && !quoted) {
      names.push(name)
      name = ""
    } else name += char
  }
  names.push(name)
  return names.map((part) => part.trim().replace(/\s+/g, " ")).filter(Boolean)
}

/** The other way round. */
export function composeNames(names) {
  return names.map((name) => (/[",،]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(", ")
}

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

class Combobox {
  constructor(field) {
    this.field = field
    this.settings = JSON.parse(field.dataset.combobox)
    this.kinds = new Map(this.settings.chosen.map(({ name, kind }) => [name, kind]))
    this.options = []
    this.active = -1
    this.build()
    this.draw()
  }

  get names() {
    return parseNames(this.field.value)
  }

  set names(names) {
    this.field.value = composeNames(names)
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
    this.draw()
  }

  build() {
    const { id } = this.field
    const label = document.querySelector(`label[for="${id}"]`)
    label.id ||= `${id}_label`
    this.chips = element("ul", { class: "combobox__chips", "aria-labelledby": label.id })
    this.input = element("input", {
      ...{ type: "text", id: `${id}_search`, role: "combobox", autocomplete: "off", "aria-autocomplete": "list" },
      ...{ "aria-expanded": "false", "aria-controls": `${id}_list`, "aria-labelledby": label.id },
      ...{ placeholder: this.settings.placeholder },
    })
    const help = document.getElementById(`${id}_helptext`)
    if (help) help.hidden = true
    if (this.field.getAttribute("aria-invalid")) this.input.setAttribute("aria-invalid", "true")
    this.list = element("ul", { id: `${id}_list`, role: "listbox", class: "combobox__list", "aria-labelledby": label.id })
    this.list.hidden = true
    this.status = element("span", { class: "visually-hidden", role: "status" })
    this.root = element("div", { class: "combobox" }, this.chips, this.input, this.list, this.status)
    this.field.before(this.root)
    this.field.hidden = true
    label.htmlFor = this.input.id
    for (const link of document.querySelectorAll(`a[href="#${id}"]`)) link.hash = this.input.id
    this.listen()
  }

  listen() {
    this.input.addEventListener("input", () => this.later())
    this.input.addEventListener("keydown", (event) => this.key(event))
    this.input.addEventListener("blur", () => this.close())
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault()
      const option = event.target.closest("[role=option]")
      if (option) this.choose(this.options[Number(option.dataset.index)])
    })
    this.field.form?.addEventListener("submit", () => this.keepRest())
  }

  draw() {
    this.chips.replaceChildren(...this.names.map((name, index) => this.chip(name, index)))
    this.chips.hidden = !this.names.length
    this.input.hidden = this.settings.isSingle && this.names.length > 0
  }

  chip(name, index) {
    const suffix = / \(([^()]+)\)$/.exec(name)
    const isNew = !this.kinds.has(name) && suffix
    const shown = isNew ? name.slice(0, suffix.index) : name
    const kind = isNew ? this.settings.newLabel.replace("{kind}", this.settings.kinds[suffix[1]] || suffix[1]) : this.kinds.get(name)
    const isUnknown = !isNew && !this.kinds.has(name)
    const remove = element("button", { type: "button", "aria-label": this.settings.removeLabel.replace("{name}", shown) }, "×")
    remove.addEventListener("click", () => this.remove(index))
    remove.addEventListener("keydown", (event) => this.chipKey(event, index))
    const chip = element("li", { class: `combobox__chip${isUnknown ? " is-unknown" : ""}` }, element("span", {}, shown))
    const note = isUnknown ? this.settings.unknownLabel : kind
    if (note) chip.append(element("span", { class: "combobox__kind" }, note))
    chip.append(remove)
    return chip
  }

  chipKey(event, index) {
    const buttons = [...this.chips.querySelectorAll("button")]
    const step = along(event.key)
    if (step < 0 && index > 0) buttons[index - 1].focus()
    else if (step > 0) (buttons[index + 1] || this.input).focus()
    else if (event.key === "Delete" || event.key === "Backspace") this.remove(index)
    else return
    event.preventDefault()
  }

  remove(index) {
    const [name] = this.names.slice(index, index + 1)
    this.names = this.names.filter((_, at) => at !== index)
    this.status.textContent = this.settings.removedLabel.replace("{name}", name)
    this.input.focus()
  }

  /** Words typed but not chosen go along as they are: the server says what to do with them. */
  keepRest() {
    const rest = this.input.value.trim()
    if (rest) this.names = [...this.names, ...parseNames(rest)]
    this.input.value = ""
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.suggest(), 120)
  }

  async suggest() {
    const text = this.input.value.trim().replace(/\s+/g, " ")
    if (!text) return this.close()
    this.request?.abort()
    this.request = new AbortController()
    let results
    try {
      const url = `${this.settings.url}?q=${encodeURIComponent(text)}`
      const response = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } })
      if (!response.ok) throw new TypeError(response.statusText)
      results = (await response.json()).results
    } catch (error) {
      if (error.name === "AbortError") return
      if (!(error instanceof TypeError)) throw error
      this.close()
      this.status.textContent = this.settings.failedLabel
      return
    }
    const taken = new Set(this.names)
    this.options = results.filter(({ name }) => !taken.has(name))
    const isKnown = results.some(({ name }) => name.toLowerCase() === text.toLowerCase())
    if (this.settings.canCreate && !isKnown) {
      for (const [kind, label] of Object.entries(this.settings.kinds)) {
        this.options.push({ name: `${text} (${kind})`, create: this.settings.createLabel.replace("{name}", text).replace("{kind}", label) })
      }
    }
    this.open()
  }

  open() {
    this.active = -1
    this.list.replaceChildren(...this.options.map((option, index) => this.option(option, index)))
    if (!this.options.length) this.list.append(element("li", { class: "combobox__none" }, this.settings.noneLabel))
    this.list.hidden = false
    this.input.setAttribute("aria-expanded", "true")
    this.input.removeAttribute("aria-activedescendant")
    this.status.textContent = this.settings.countLabel.replace("{n}", this.options.length)
  }

  option({ name, kind, alias, create }, index) {
    const option = element("li", { role: "option", id: `${this.list.id}_${index}`, "data-index": index, "aria-selected": "false" })
    option.append(element("span", {}, create || name))
    if (create) option.classList.add("is-create")
    const notes = [kind, alias && this.settings.aliasLabel.replace("{alias}", alias)].filter(Boolean)
    if (notes.length) option.append(element("span", { class: "combobox__kind" }, notes.join(" · ")))
    return option
  }

  move(step) {
    const count = this.options.length
    if (!count) return
    this.active = this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count
    for (const [index, option] of [...this.list.querySelectorAll("[role=option]")].entries()) {
      option.setAttribute("aria-selected", String(index === this.active))
      if (index === this.active) {
        this.input.setAttribute("aria-activedescendant", option.id)
        option.scrollIntoView({ block: "nearest" })
      }
    }
  }

  key(event) {
    const isOpen = !this.list.hidden
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1)
      else this.suggest()
    } else if (event.key === "Enter") {
      if (isOpen && this.options.length) this.choose(this.options[Math.max(this.active, 0)])
    } else if (event.key === "Escape" && isOpen) this.close()
    else if (event.key === "Backspace" && !this.input.value && this.names.length) this.remove(this.names.length - 1)
    else if (along(event.key) < 0 && !this.input.value) this.chips.querySelector("li:last-child button")?.focus()
    else return
    event.preventDefault()
  }

  choose({ name, kind }) {
    if (kind !== undefined) this.kinds.set(name, kind)
    this.input.value = ""
    this.close()
    this.names = [...this.names, name]
    if (this.settings.isSingle) this.chips.querySelector("button").focus()
    this.status.textContent = this.settings.addedLabel.replace("{name}", name)
  }

  close() {
    clearTimeout(this.timer)
    this.request?.abort()
    this.list.hidden = true
    this.options = []
    this.active = -1
    this.input.setAttribute("aria-expanded", "false")
    this.input.removeAttribute("aria-activedescendant")
  }
}

const enhance = (root) => {
  for (const field of root.querySelectorAll("input[data-combobox]")) {
    if (!field.id.includes("__prefix__") && !field.hidden) new Combobox(field)
  }
}

enhance(document)
document.addEventListener("formset:added", (event) => enhance(event.target))
