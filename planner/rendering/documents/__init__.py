"""Plans as people read them: a view in local times and names, and the templates that turn it into pages."""
