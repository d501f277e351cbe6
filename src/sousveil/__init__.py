"""sousveil reads procurement documents and reports, with a quotation for every statement, what surveillance is bought."""
