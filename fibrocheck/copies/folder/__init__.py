"""The folder where people give their lists to the front desk: numbers, claims, and who can read what."""
