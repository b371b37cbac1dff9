"""System checks of the project's own; each names what it protects from."""
