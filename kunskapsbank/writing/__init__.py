"""New content files: where they lie and how they begin."""
