"""Everything that an editor is told of a content package before people read it."""
