"""The dependency diagram: filter, columns, order, places, lines, picture.

`description` says what a diagram is about and knows no inventory; `layout` makes geometry of it; `sheet` paints it.
"""
