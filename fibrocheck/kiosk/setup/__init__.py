"""A computer as a kiosk: the files it needs, writing them, looking at the machine, and undoing it."""
