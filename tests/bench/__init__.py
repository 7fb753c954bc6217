"""How fast, how light: measured against bare questionary and its peers (`python -m tests.bench`)."""
