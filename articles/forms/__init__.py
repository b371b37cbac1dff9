"""Forms of the desk: they explain what the models and verbs insist on."""
