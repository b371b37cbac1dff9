"""How moments are written where a template does not say: on the newsroom's clock of 24 hours."""
