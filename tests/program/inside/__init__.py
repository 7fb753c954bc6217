"""What the tests put into the program's interpreter: nothing but a module that Python loads by itself."""
