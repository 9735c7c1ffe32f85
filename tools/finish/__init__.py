"""The finish: takes cut to length in the look of their camera, and the cards."""
