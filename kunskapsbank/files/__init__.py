"""The bytes of files: what format they are, how large they may be, and packages taken apart safely."""
