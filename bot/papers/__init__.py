"""What may be printed or filed: PDFs, the picture of the dates, the agenda."""
