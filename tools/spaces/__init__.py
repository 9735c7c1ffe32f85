"""Gradio Spaces as back ends: one reads any Space's API description and maps our requests to it.

`description.py` reads what an app says of itself, `matching.py` and `units.py` find which of its parameters is which of
ours, `mapping.py` keeps that as a value and `values.py` fills it with a request. `connection.py`, `hub.py` and
`queue.py` talk to the machine, `failures.py` says what went wrong, `space.py` puts them together.
"""
