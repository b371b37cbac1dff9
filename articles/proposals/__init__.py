"""What the machine proposes of a text, and the records made of what people accept.

`compose` reads a text into the `propose` format; `reading` keeps proposals beside an article; `drafts` says what a
quote would become; `decisions` are the verbs: accept, reject, reopen.
"""
