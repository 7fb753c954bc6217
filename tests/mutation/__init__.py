"""Mutation tests: the tests of a module must notice every small change of it."""
