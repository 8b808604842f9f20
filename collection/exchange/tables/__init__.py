"""Tables in and out: delimited text, workbooks, and objects of other programs, by columns."""
