"""Things and animals: which picture shows a noun, how it is drawn, how tall it stands."""
