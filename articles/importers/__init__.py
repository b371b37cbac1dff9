"""Stories from outside, made into drafts: one module a format over `base`."""
