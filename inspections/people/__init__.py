"""Who may do what on the staff's pages, how they get in, and what is kept of what they did."""
