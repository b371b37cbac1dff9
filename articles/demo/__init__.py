"""The demo newsroom: an invented paper in an invented world, loaded by `manage.py load_demo`."""
