"""WHO decides: one role a file or folder, each with a model-backed and a rule-based hand."""
