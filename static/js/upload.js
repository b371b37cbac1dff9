/* A file that is too large is refused before it is sent; the server says the same. */
for (const input of document.querySelectorAll("input[type=file][data-most-bytes]")) {
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes))
    input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "")
    input.reportValidity()
  })
}
