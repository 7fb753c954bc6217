"""Tests of copies: their formats, files, printed pages, and `report`."""
