"""WHAT an episode is: frozen values, changes, plan, cut, story, bible, and the store on disk."""
