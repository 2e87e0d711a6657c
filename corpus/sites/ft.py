"""ft.dk: papers laid before the committees, agreements among them; PDFs turned into HTML."""

from corpus.site import PAGING, Layout, Listing, Site

SITE = Site(
    id="ft.dk",
    name="Folketinget",
    publisher=None,  # parliament only passes the paper on
    base_url="https://www.ft.dk",
    hosts=("ft.dk", "folketinget.dk"),
    listings=(
        Listing(
            url="https://www.ft.dk/samling/{session}/almdel/SOU/bilag",
            item=r"(?i)/samling/\d{5}/almdel/(?:sou|suu|buu|beu|unu|epi|bol)/(?:bilag|spm)/\d+(?:/svar/\d+)?(?:/\d+)+/index\.htm",
            quiet_days=150,  # from May to October the committees get little
            more=rf"(?i)/samling/\d{{5}}/almdel/(?:sou|suu|buu|beu|unu|epi|bol)/(?:bilag|spm)(?:/\d+)?/?(?:index\.htm)?{PAGING}",
        ),
    ),
    scope="general",
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
