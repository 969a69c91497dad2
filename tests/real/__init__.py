"""The main job on a real shop's files, each figure recomputed from the raw cells without the product's code."""
