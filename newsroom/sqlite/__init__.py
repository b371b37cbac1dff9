"""SQLite, whose writers take turns; see `base`."""
