"""The front desk's day: the in-tray of lists, finding one, callers, and who did what."""
