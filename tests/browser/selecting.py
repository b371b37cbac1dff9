"""Selects words in the editor, across the marks that lie over them."""

SELECT = """([words, occurrence]) => {
  const editable = document.querySelector(".ProseMirror")
  const walker = document.createTreeWalker(editable, NodeFilter.SHOW_TEXT)
  const nodes = []
  let text = ""
  while (walker.nextNode()) {
    nodes.push([walker.currentNode, text.length])
    text += walker.currentNode.data
  }
  let at = text.indexOf(words)
  for (let skip = 0; skip < occurrence; skip++) at = text.indexOf(words, at + 1)
  if (at < 0) return false
  const place = (offset) => {
    const [node, start] = nodes.filter(([, start]) => start <= offset).at(-1)
    return [node, offset - start]
  }
  editable.focus()
  const [first, from] = place(at)
  const [last, to] = place(at + words.length - 1)
  getSelection().setBaseAndExtent(first, from, last, to + 1)
  return true
}"""


def select_words(page, words, occurrence=0):
    """Select words in the editor as with a mouse; of several places the one counted from 0."""
    page.locator(".ProseMirror").wait_for()
    assert page.evaluate(SELECT, [words, occurrence])
    page.wait_for_timeout(60)
