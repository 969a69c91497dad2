"""The project's own pages; `python -m docs.generate` writes those that can be made from the code."""
