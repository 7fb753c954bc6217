"""Pictures for the README, made by the program itself. `python -m tests.pictures` remakes them."""
