/* The words of scripts in the language of the desk: of Django's catalogue where the page loaded it before, else as they
   stand in the code. Scripts of readers' pages take theirs from the page. */

/** `words` in the language of the desk. */
export const gettext = window.gettext ?? ((words) => words)

/** `one` or `many`, by `count`, in the language of the desk, which may have more numbers than two. */
export const ngettext = window.ngettext ?? ((one, many, count) => (count === 1 ? one : many))

/** `words` with each “%(name)s” of it replaced by what `values` has under that name. */
export const interpolate = (words, values) => words.replace(/%\((\w+)\)s/g, (_match, name) => values[name])
