"""`python -m bench.press`: publishing, bringing in and printing again, measured; see `__main__`."""
