"""A second opinion on what of a page is its main text. The only door for trafilatura."""


def main_text(html: str) -> str:
    """The main text of a page as the library finds it, one line a paragraph; empty if it finds none."""
    import trafilatura  # noqa: PLC0415  half a second that pages with a declared layout never need

    found = trafilatura.extract(
        html,
        favor_recall=True,  # what it finds too much is compared with ours and left
        include_tables=True,
        include_comments=False,
        include_links=False,
        deduplicate=False,
    )
    return found or ""
