"""Tests of what is made from a visit: text, pages, QR codes."""
