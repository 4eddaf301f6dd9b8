"""One small parser a source: plain lines or sheets → frozen records and problems. Pure."""
