"""Tests of what a visit turns into: text, pages, QR codes."""
