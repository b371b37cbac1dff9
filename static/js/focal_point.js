/* A click on the picture, or the arrow keys on it, set the two numbers of its focal point; the crops follow. */

const clamp = (value) => Math.min(1, Math.max(0, value))

/* The part of the whole that a crop shows is the largest one, as near around the point as the edges let it. */
const place = (crop, whole, x, y) => {
  const ratio = crop.width / crop.height
  const wide = Math.min(whole.naturalWidth, whole.naturalHeight * ratio)
  const high = Math.min(whole.naturalHeight, whole.naturalWidth / ratio)
  const share = (size, part, at) => {
    const room = size - part
    return room > 0 ? clamp((size * at - part / 2) / room) * 100 : 50
  }
  crop.style.objectPosition = `${share(whole.naturalWidth, wide, x)}% ${share(whole.naturalHeight, high, y)}%`
}

for (const picker of document.querySelectorAll("[data-focal-point]")) {
  const [across, down] = picker.dataset.focalPoint.split(" ").map((id) => document.getElementById(id))
  if (!across || !down) continue // who may not change the picture has no fields
  const dot = picker.querySelector("[data-focal-dot]")
  const whole = picker.querySelector("img")
  const crops = document.querySelectorAll("[data-focal-crop]")
  const draw = () => {
    dot.style.left = `${clamp(Number(across.value)) * 100}%`
    dot.style.top = `${clamp(Number(down.value)) * 100}%`
  }
  const preview = () => {
    for (const crop of crops) {
      if (crop.src !== whole.src) crop.src = crop.dataset.whole
      place(crop, whole, clamp(Number(across.value)), clamp(Number(down.value)))
    }
  }
  const moved = () => {
    draw()
    preview()
  }
  const set = (x, y) => {
    across.value = clamp(x).toFixed(3)
    down.value = clamp(y).toFixed(3)
    moved()
  }
  picker.tabIndex = 0
  picker.setAttribute("role", "application")
  picker.addEventListener("click", (event) => {
    const box = whole.getBoundingClientRect()
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
  })
  picker.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] }[event.key]
    if (!step) return
    event.preventDefault()
    set(Number(across.value) + step[0], Number(down.value) + step[1])
  })
  for (const field of [across, down]) field.addEventListener("input", moved)
  dot.hidden = false
  draw()
}
