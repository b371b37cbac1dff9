"""The door for ASGI servers. Pages cost less CPU over WSGI: prefer `newsroom.wsgi`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_asgi_application()

from . import urls  # noqa: E402, F401  (pages and the desk are loaded before the first request, not by it)
