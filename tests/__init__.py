"""The tests: pure code by properties, the flow through both askers, the program in a pseudo-terminal."""
