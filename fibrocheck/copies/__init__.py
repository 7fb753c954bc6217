"""Copies of a visit's answers: what they are made of, their formats, and where they go."""
