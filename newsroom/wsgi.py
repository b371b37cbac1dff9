"""The door for WSGI servers: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from . import urls  # noqa: E402, F401  (pages and the desk are loaded before the first request, not by it)
