"""The doors: each takes a message in, asks the assistant once, and shows the answer it gets back.

Rendering invents nothing: every word about the guide comes from the ``Answer``.
"""
