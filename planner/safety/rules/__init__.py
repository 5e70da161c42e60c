"""The rules that are built, one file each, named after them."""
