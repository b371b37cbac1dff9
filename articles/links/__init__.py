"""Addresses that are secrets: what a person without an account, or a calendar program, gets by them."""
