"""Announcements from lower layers to whoever listens above; each is sent after the transaction commits."""

from django.dispatch import Signal

# A verb moved an article. Arguments: event (articles.models.Event).
article_moved = Signal()

# The press printed, reprinted or withdrew a story. Arguments: story (articles.models.Story).
story_printed = Signal()

# A note of the review was made or settled. Arguments: comment (articles.models.Comment), event
# (articles.models.Event: its verb and who did it).
comment_made = Signal()

# A story or its review was given to somebody, or its due date, priority or length changed. Arguments: event.
article_assigned = Signal()

# A front was printed anew. Arguments: section (the slug; "" for the paper's own front).
front_printed = Signal()

# A running story was printed, or taken from readers. Arguments: package (articles.models.Package).
package_printed = Signal()

# A front was arranged, or an arrangement planned, put live or discarded. Arguments: event.
front_arranged = Signal()

# What readers should have has changed. Arguments: keys (frozenset of surrogate keys, see articles.surrogates).
pages_changed = Signal()
