"""One patient's visit, from the first page to the last."""
