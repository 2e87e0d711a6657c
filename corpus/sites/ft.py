"""ft.dk: papers laid before the committees, agreements among them; PDFs turned into HTML."""

from corpus.site import Layout, Site

SITE = Site(
    id="ft.dk",
    name="Folketinget",
    publisher=None,  # parliament only passes the paper on
    base_url="https://www.ft.dk",
    hosts=("ft.dk", "folketinget.dk"),
    layouts=(
        Layout(
            name="pdf2html",
            main="#pdf-text",
            marks=("#pdf-text.pdf2html",),
            title="b",
            drop=(".stamp", ".img", ".foot", "hr"),
        ),
    ),
)
