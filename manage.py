#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, OperationalError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):  # a fault of the program
            raise
        from inspections.management.doctor import told_of

        sys.exit(told_of(error))


if __name__ == "__main__":
    main()
