"""What developers and deployment run: nothing here is imported by the product."""
