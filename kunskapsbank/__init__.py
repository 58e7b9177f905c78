"""The knowledge bank as a library: content files in, a checked catalogue and its pages out. Knows nothing of MkDocs."""
