"""Tests of what content editors do with a file."""
