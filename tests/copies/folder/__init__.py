"""Lists given to the front desk: numbers, claims, who can read them, several programs at once."""
