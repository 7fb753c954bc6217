"""Both ways to ask: one contract, and what is special to each."""
