/* A click on the picture, or the arrow keys on it, set the two numbers of its focal point. */

const clamp = (value) => Math.min(1, Math.max(0, value))

for (const picker of document.querySelectorAll("[data-focal-point]")) {
  const [across, down] = picker.dataset.focalPoint.split(" ").map((id) => document.getElementById(id))
  if (!across || !down) continue // who may not change the picture has no fields
  const dot = picker.querySelector("[data-focal-dot]")
  const draw = () => {
    dot.style.insetInlineStart = `${clamp(Number(across.value)) * 100}%`
    dot.style.insetBlockStart = `${clamp(Number(down.value)) * 100}%`
  }
  const set = (x, y) => {
    across.value = clamp(x).toFixed(3)
    down.value = clamp(y).toFixed(3)
    draw()
  }
  picker.tabIndex = 0
  picker.setAttribute("role", "application")
  picker.addEventListener("click", (event) => {
    const box = picker.querySelector("img").getBoundingClientRect()
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
  })
  picker.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] }[event.key]
    if (!step) return
    event.preventDefault()
    set(Number(across.value) + step[0], Number(down.value) + step[1])
  })
  for (const field of [across, down]) field.addEventListener("input", draw)
  dot.hidden = false
  draw()
}
