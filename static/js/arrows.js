/* Arrow keys along a line, which runs to the left where the page does. */

const STEPS = document.documentElement.dir === "rtl" ? { ArrowLeft: 1, ArrowRight: -1 } : { ArrowRight: 1, ArrowLeft: -1 }

/** 1 for the arrow that leads on, -1 for the one that leads back, 0 for every other key. */
export const along = (key) => STEPS[key] ?? 0
