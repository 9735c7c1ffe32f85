"""Reading the person's sources, and making them safe: what leaves this folder names nobody who lives."""
