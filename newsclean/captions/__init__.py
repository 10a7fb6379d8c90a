"""Captions: telling them from prose, and taking text, credit, photographer, agency apart."""
