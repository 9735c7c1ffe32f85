"""Files for editors, players and people: each `write_<format>` writes one, whole or not at all."""
