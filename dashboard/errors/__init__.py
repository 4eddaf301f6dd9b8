"""Readers say what is wrong; staff answer it."""
