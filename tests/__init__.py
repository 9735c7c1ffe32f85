"""The tests: a package of its own, since a library that we need ships one of the same name."""
