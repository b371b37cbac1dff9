/* A button beside an address that is shown once: it copies it, and says so. */
for (const field of document.querySelectorAll("input[data-copy]")) {
  if (!navigator.clipboard) break
  const button = document.createElement("button")
  button.type = "button"
  button.className = "share__quiet"
  button.textContent = field.dataset.copy
  button.setAttribute("aria-live", "polite")
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value)
    button.textContent = field.dataset.copied
  })
  field.addEventListener("focus", () => field.select())
  field.after(button)
}
