"""Search: places, themes, narrators, titles and accounts found however they are spelt.

The way in is `collection.search.index.SearchIndex`. A query becomes terms (`query`), each term
is matched with the words that are known (`matching`, over `vocabulary` for names and `texts`
for running text), the testimonies behind them are ordered by cost (`ranking`), and what matched
can be shown (`marks`, `reasons`).
"""
