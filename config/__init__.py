"""The settings, addresses and entry points of the site."""

import gc

# What a process begins with, code and the record, is held to its end. Looking through it after
# every 700 new objects, as Python does, was a quarter of every start.
gc.set_threshold(50_000, 20, 50)
