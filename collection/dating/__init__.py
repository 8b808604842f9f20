"""How `collection.dates` reads the words of a date and what days they allow."""
