"""The front desk: what its pages are built on."""
