"""The sets, one file each: a function from a scene to its scenery."""
