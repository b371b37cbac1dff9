#!/usr/bin/env python
"""Runs Newsroom's commands: `manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "0")  # nobody waits for a page: an archive takes its time
    execute_from_command_line(sys.argv)
