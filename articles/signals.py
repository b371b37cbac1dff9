"""Announcements from lower layers to whoever listens above; each is sent after the transaction commits."""

from django.dispatch import Signal

# A verb moved an article. Arguments: event (articles.models.Event).
article_moved = Signal()

# The press printed, reprinted or withdrew a story. Arguments: story (articles.models.Story).
story_printed = Signal()
