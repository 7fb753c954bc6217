"""Both ways to ask: their common contract, and the parts of each."""
