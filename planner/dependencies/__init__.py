"""The needs as a graph: cycles, impact, shared fate; the only room that knows NetworkX."""
