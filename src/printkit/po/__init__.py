"""Catalogs: the template drawn from the pieces, and updates that leave every byte else alone."""
