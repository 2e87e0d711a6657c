"""What surrounds the text on pages whose layout nobody has declared: names of elements, and headings."""

import re

# elements that never hold the text of an article
TAGS = (
    "script", "style", "noscript", "template", "nav", "form", "button", "svg", "iframe", "select",
    "object", "video", "audio", "canvas", "map", "figcaption", "dialog",
)  # fmt: skip
# of these a declared layout decides itself
OUTER_TAGS = ("aside", "footer", "figure")
# parts of class names and ids, between word boundaries, "-" or "_"
NAMES = re.compile(
    r"""(?:^|[\s_-])(?:
        cookies?(?:info|banner|consent)?|consent|samtykke|breadcrumbs?|crumbs?|br[oø]d(?:krumme|sti)?|sti
        |share|sharing|social|some|deling|del|related|relateret|relaterede|teasers?|tiles?|cards?list
        |menu|nav|navigation|navbar|topbar|topnav|sidebar|sidemenu|newsletter|nyhedsbrev|skip(?:-?link)?
        |search|soeg|print|tags?|footer|bund|bundmenu|toolbar|tools|funktioner|ministries|downloads?
        |docs|documents|dokumenter|pagination|pager|comments?|widgets?|promo|advert|banner|masthead
        |language|toolbox|readspeaker|hidden|visually-hidden|sr-only|nyhedsliste|newslist|latest|seneste
    )(?:$|[\s_-])""",
    re.I | re.X,
)
# a heading that begins what is no longer this article
AFTER = re.compile(
    r"(?:læs også|se også|flere nyheder|andre nyheder|seneste nyt?(?:heder)?|relater\w*(?: \w+)?|"
    r"andre har (?:også )?læst|nyhedsbrev|tilmeld.*|del (?:siden|nyheden|artiklen).*|mest læste|"
    r"aktuelle? (?:puljer|nyheder)|lignende.*|dokumenter|downloads?|filer|hent (?:filer|dokumenter)|"
    r"andre bilag.*|cookies.*|emneord|tags|kategorier)",
    re.I,
)
PARTS = ("main", "[role=main]", "article", "#content", "#indhold", "#main", "#maincontent", ".content")
