"""Looks at Ofsted's site for documents that the record does not hold."""
