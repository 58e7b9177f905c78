"""The knowledge bank in MkDocs: hooks that translate between MkDocs and the library, and the theme's templates."""
