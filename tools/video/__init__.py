"""The embedded picture: drawn sets, figures and things that need no model and no network."""
