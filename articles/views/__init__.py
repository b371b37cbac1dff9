"""Pages for readers. They know `models.stories`, `models.tags` and `models.images`, and no working copy."""
