"""Places: authority entries, and the gazetteer that they are made from."""
