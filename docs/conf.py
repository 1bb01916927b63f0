"""How the site of the documentation is built: `make site`, from the pages as they stand."""

from unvote import __version__

project = "unvote"
project_copyright = "unvote contributors"
release = __version__
extensions = ["myst_parser"]
# The pages link to one another across the whole repository, so that they read there as well.
root_doc = "docs/index"
include_patterns = ["*.md", "docs/**/*.md", "docs/*.md", "resolutions/README.md"]
myst_heading_anchors = 4
# Our blocks say `console` where a shell session stands, with outputs that no lexer can know.
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # the gallery of errors is wrong on purpose
html_theme = "furo"
html_title = f"unvote {release}"
html_extra_path = ["site"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
