"""From a file to plain lines or sheets, in a child process with limits."""
