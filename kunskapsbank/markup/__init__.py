"""A content file's text taken apart: front matter, blocks, inline, links."""
