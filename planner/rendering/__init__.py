"""Plans become documents and pictures: the only floor that knows Jinja2 and Matplotlib."""
