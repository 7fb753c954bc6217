"""The ranges of libraries and Pythons that are allowed: each end of them is tested."""
