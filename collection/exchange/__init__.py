"""In and out: one module a format, on one small interface (`interface.py`)."""
