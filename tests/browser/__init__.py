"""Tests in a real Chromium, against the server that people get."""
