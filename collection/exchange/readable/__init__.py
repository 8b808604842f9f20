"""Copies for people: a testimony to be read as a page, a text or a document, and a finding aid."""
