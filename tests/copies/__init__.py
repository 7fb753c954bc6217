"""Tests of what leaves the program: files and printed pages."""
