"""Joining segments and sound into the film, and measuring what came out."""
