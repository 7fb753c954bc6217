"""The real program in a real pseudo-terminal, or between real pipes."""
