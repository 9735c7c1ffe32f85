"""Sheets: frames and timelines laid out on one picture, for a person to look at."""
