"""The door for WSGI servers: `granian --interface wsgi newsroom.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()

from articles import edge  # noqa: E402  (needs the settings)

from . import urls  # noqa: E402, F401  (pages and the desk are loaded before the first request, not by it)

application = edge.door(django_application)
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not walk it again and again
