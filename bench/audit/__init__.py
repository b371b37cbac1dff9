"""Readers' pages held against what they promise, as a browser, a search engine and a reader of feeds get them."""
