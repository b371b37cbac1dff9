"""The door for WSGI servers: `granian --interface wsgi newsroom.wsgi:application`."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()

from articles import edge  # noqa: E402  (needs the settings)

from . import urls  # noqa: E402, F401  (pages and the desk are loaded before the first request, not by it)

application = edge.door(django_application)
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not walk it again and again

# A thread gives way to the others at each statement, and waits this long to go on while one of them makes a page. By
# Python's 5 ms a save of the desk, of a hundred statements, kept the database from the others half a second longer.
sys.setswitchinterval(0.0005)
