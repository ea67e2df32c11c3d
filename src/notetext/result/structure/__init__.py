"""Finds what a page is made of: headings, paragraphs, lists, tables, fields and code."""
