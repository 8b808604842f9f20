"""The interface: screens and widgets in the terminal, and the command line."""
