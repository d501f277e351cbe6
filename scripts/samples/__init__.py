"""Makes the demonstration notices: manuscripts in, files of many formats and their expected readings out."""
