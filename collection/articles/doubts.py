"""What is unsure about a draft, in plain sentences that say what to look at."""

from __future__ import annotations

from typing import Final

OFFICE: Final = (
    "This person speaks for an office or as an expert, but also of what befell them. Leave the "
    "draft out if it is no testimony."
)
NO_FIRST_PERSON: Final = (
    "The words do not say I or we; they were taken because the article calls the person a witness."
)
ONLY_WE: Final = "The words say we and never I; they may speak for others."
NOBODY: Final = "It is not said who speaks this."
CONTINUED: Final = "Nobody is named for this quotation; it was given to who spoke before it."
BY_PRESENCE: Final = "Who speaks here is taken from the sentence beside the quotation."
AMBIGUOUS: Final = "More than one person may be meant by the pronoun here."
SHARED: Final = "More than one person in the article bears this name; the first one was taken."
BY_DESCRIPTION: Final = "It was taken that the person described here is the one who spoke before."
MISMATCH: Final = "The pronoun or the verb here does not fit what else is said of the person."
UNCLOSED: Final = (
    "A closing quotation mark is missing; the words were taken to the paragraph's end."
)
PARTIAL: Final = "These words are part of a sentence of the report."
INTERVIEW: Final = "This was read as an interview: the answers are the account."
AS_TOLD: Final = "The whole article was read as one person's account."
UNNAMED: Final = "The article does not say clearly whose words these are; give the name."
VOICES: Final = "The paragraphs below the line with the name were taken as this person's words."
DATE_GUESSED: Final = "The article has no date of its own; this one is from the name of the file."
PUBLISHER_GUESSED: Final = "The publisher was taken from the name of the file."
NO_DATE: Final = "The article does not say when it appeared."
PLACE_OF_REPORT: Final = (
    "The report names this place; whether it belongs to this account is not said."
)
PLACE_DOUBTFUL: Final = "It is not certain that this name is a place, or which one."
