"""Guided entry: how an officer brings a report or letter to the public pages."""
