"""Tests of `fibrocheck.copies.code`. None starts the program: mutation tests run them in one process."""
