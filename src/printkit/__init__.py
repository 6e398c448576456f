"""Gettext catalogs, templates and region orders in; checked, print-ready PDFs out."""

__version__ = "1.0.0"
