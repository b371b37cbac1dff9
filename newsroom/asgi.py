"""The door for ASGI servers. Pages cost less CPU over WSGI: prefer `newsroom.wsgi`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_asgi_application()
