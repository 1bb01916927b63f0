"""A page around what is drawn: one file, nothing from elsewhere, a style named by its hash."""

from unvote.render.pictures.svg import clean


def page_of(title: str, style: str, inside: str) -> str:
    """An HTML page that may load nothing, and run nothing; its one style is the one given."""
    from base64 import b64encode
    from hashlib import sha256

    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{clean(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{inside}</body>\n"
        "</html>\n"
    )


def picture_page(title: str, svg: str) -> str:
    """A picture as a page."""
    start, end = svg.index("<style>"), svg.index("</style>")
    style = svg[start + len("<style>") : end]
    bare = svg[:start] + svg[end + len("</style>") :]
    more = (
        "body{margin:0;background:#ffffff}main{max-width:1000px;margin:0 auto}"
        "svg{display:block;width:100%;height:auto}"
        "@media (prefers-color-scheme:dark){body{background:#15191e}}"
    )
    return page_of(title, style + more, f"<main>\n{bare}</main>\n")
