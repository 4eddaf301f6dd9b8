"""The briefing: two sides of A4 for a meeting, as a page, as PDF and as a Word document."""
