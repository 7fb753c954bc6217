"""Reads pages aloud: loaded only when a person wants to listen."""
