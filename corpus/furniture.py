"""What surrounds the text on pages whose layout nobody has declared: elements, lines, headings."""

import re

# elements that never hold the text of an article
TAGS = (
    "script", "style", "noscript", "template", "nav", "svg", "iframe", "select", "textarea",
    "object", "video", "audio", "canvas", "map", "dialog", "input",
)  # fmt: skip
# elements that do so only where they hold most of it, or are declared to
MAYBE = frozenset({"form", "footer"})
ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "dialog", "alertdialog", "menu"})
# parts of class names and ids, between word boundaries, "-" or "_"
NAMES = re.compile(
    r"""(?:^|[\s_-])(?:
        cookies?(?:info|bar|popup|banner|consent)?|consent|samtykke|breadcrumbs?|crumbs?
        |br[oø]d(?:krumme|sti)|sti|share|sharing|sharebar|social|some|del|deling|tip
        |related|relateret|relaterede|teasers|tiles?|cards?list
        |menu|nav|navigation|navbar|topbar|topnav|topmenu|sidebar|sidemenu|newsletter|nyhedsbrev
        |skip(?:-?link)?|search|soeg|print|tags?|terms|taxonomy|footer|bund|bundmenu|toolbar|tools
        |funktioner|ministries|downloads?|docs|documents|dokumenter|pagination|pager|comments?
        |widget-area|promo|advert|banner|masthead|language|toolbox|readspeaker|visually-?hidden
        |screen-reader-text|sr-only|nyhedsliste|newslist|latest|seneste|toc|kicker
        |(?:site|page|side)-?(?:header|footer|foot|fod|hoved)|foot|fod|bundlinje|rootline
        |side-?(?:box|col|column|panel)|(?<=__)side|signup|sign-up|tilmeld|tilmelding|subscribe|subscription|alert-?bar|andre
    )(?:$|[\s_-])""",
    re.I | re.X,
)
# those of them that say only how a thing looks: without links to elsewhere it is of the article
SHAPES = re.compile(r"(?<![^\s_-])(?:tiles?|cards?list|teasers)(?![^\s_-])", re.I)
# names and first words of a box in the margin that belongs to the article
FACTS = re.compile(r"(?:^|[\s_-])(?:fakta\w*|facts?\w*|info-?bo(?:ks|x)|boks)(?:$|[\s_-])", re.I)
FACT_WORDS = re.compile(r"\s*(?:fakta|kort om|baggrund|hvad er)\b", re.I)
# names of what only looks like a title, a caption, or the name below a quotation
TITLES = re.compile(
    r"(?:^|[_-])h1$|^(?:(?:page|article|news|main|document|content|post|entry|side)[_-]*)"
    r"(?:title|head(?:line|ing)|overskrift|rubrik)$|^(?:headline|overskrift|rubrik)$",
    re.I,
)
CAPTIONS = re.compile(r"(?:^|[_-])(?:\w*caption|billed-?tekst|foto-?tekst)(?:$|[_-])", re.I)
QUOTED = re.compile(
    r"(?:quote|citat|testimonial)[\w-]*?[_-]+(?:author|source|by|name|person|attribution|footer|afsender|navn|kilde)$"
    r"|(?:^|[_-])quotee$",
    re.I,
)
CONTACT_NAMES = re.compile(r"(?:^|[\s_-])(?:contact|kontakt)\w*(?:$|[\s_-])", re.I)
CONTACT = re.compile(
    r"(?:presse)?kontakt\w*(?: \w+)?|(?:yderligere|flere) oplysninger|for yderligere.*", re.I
)
# a heading that begins what is no longer this article
AFTER = re.compile(
    r"(?:læs også|se også|flere nyheder|andre nyheder|seneste(?: \w+)?|nyheder i fokus|"
    r"relater\w*(?: \w+)?|andre har (?:også )?læst|nyhedsbreve?|tilmeld (?:dig )?nyhedsbrev\w*|"
    r"del (?:siden|nyheden|artiklen|med andre).*|mest læste|aktuelle? (?:puljer|nyheder)|"
    r"(?:andre|flere|seneste|nyeste|øvrige|aktuelle|åbne|relaterede|lignende)(?: \w+)? "
    r"(?:nyheder|pressemeddelelser|artikler|nyt|puljer|sager|spørgsmål|historier|sider|indlæg)\b.{0,40}|"
    r"(?:måske er du|er du) (?:også )?interesseret.{0,40}|måske (?:kan|vil) du også.{0,40}|"
    r"(?:anbefalet|udvalgt) til dig|andre læser.{0,40}|ledige (?:job|stillinger)|"
    r"nyheder|emner|nøgleord|links?|vedhæft\w*(?: \w+)?|kommentarer|\d+ kommentar(?:er)?\b.{0,80}|"
    r"(?:læs )?mere (?:fra|om emnet)\b.{0,40}|læs mere|"
    r"lignende.*|dokumenter|(?:til )?downloads?|filer|hent (?:filer|dokumenter)|andre bilag.*|"
    r"(?:denne hjemmeside bruger )?cookies.*|emneord|tags|kategorier|genveje|kalender|"
    r"om os|følg os.{0,40}|selvbetjening)",
    re.I,
)
# a whole line that is a link to a file or to a service of the page, or the name of a page's image
LINE = re.compile(
    r"(?:.{0,100}\((?:pdf|docx?|xlsx?|pptx?|zip)\b.{0,20}?[km]b\)|\d+_\d+\.(?:png|jpe?g|gif)|"
    r"[A-ZÆØÅ]{2,4}, Alm\.del - .{0,40}Bilag \d+.{0,200}|(?:til )?toppen|print|udskriv\b.{0,40}|"
    r"tip en \w+|(?:fold|åbn|vis|luk) alle\b.{0,60}|(?:spring|hop|gå) til \w*indhold\w*|"
    r"del (?:siden|nyheden|artiklen|på)\b.{0,60}|tilbage til .{0,40}|næste(?: \d+)+|"
    r"(?:foto|arkivfoto|illustration)[:/] ?.{0,80}|læsetid:? ?.{0,20}|\d+ min\w*\.? læs\w*|"
    r"(?:antal )?(?:visninger|læsninger|hits):? \d+|"
    r"klik (?:på|for at)\b.{0,60}\b(?:større|forstørre\w*|stor udgave)\b.{0,20}|"
    r"(?:filed under|arkiveret under|emneord|emner|tags|nøgleord|kategori(?:er)?):.{0,100}|"
    r"(?=.*(?:facebook|twitter|linkedin|mail|link|print|udskriv))(?:(?:print|udskriv|del|send|siden|artiklen|"
    r"nyheden|på|via|facebook|twitter|linkedin|instagram|bluesky|messenger|whatsapp|e-?mail|kopi[ée]r|link)"
    r"[ ,|·/]*){2,})",
    re.I,
)
# what the title and the only heading of a page say that is not there
NO_PAGE = re.compile(
    r"(?:(?:http|fejl|error)\W*)*404(?:\W+(?:not found|fejl|error|(?:siden?|page)\b.{0,60}))?|"
    r"(?:(?:beklager|ups|hov|desværre|øv)\W+)?"
    r"(?:vi kan (?:desværre )?ikke finde|(?:siden?|websiden|artiklen|dokumentet|the page|page)\b.{0,40}?"
    r"(?:findes (?:desværre )?ikke|ikke fundet|kunne (?:desværre )?ikke findes|eksisterer (?:desværre )?ikke|"
    r"not found|does not exist|(?:can.?not|could not) be found))\b.{0,40}",
    re.I,
)
MONEY = re.compile(r"\b(?:mio|mia|kr|kroner|dkk)\b.{0,200}\d|\d\s?(?:mio|mia|kr|kroner|dkk)\b", re.I)
# elements that end a page whatever they hold, once the title is known to be elsewhere
ENDS = re.compile(r"(?:^|[\s_-])(?:(?:site|page|side)-?)?(?:footer|foot|fod)(?:$|\s)|^portal-footer$", re.I)
LONGEST_LINE = 320
SHORT, LONG = 40, 100  # characters of a sentence that ends like one, and that does not
PARTS = (
    "main", "[role=main]", "article", "#content", "#indhold", "#main", "#maincontent", ".content",
)  # fmt: skip


def is_line(words: str) -> bool:
    """Is the line a service of the page and not a sentence of the article?

    >>> is_line("Hent aftalen (pdf, 1.240 kB)"), is_line("Hent aftalen på ministeriets side.")
    (True, False)
    """
    return len(words) <= LONGEST_LINE and bool(LINE.fullmatch(words.strip()))


def is_sentence(words: str) -> bool:
    """Is a string from between two tags a sentence, or most of one? Then it is of an article.

    >>> is_sentence("Styrelsen | Edisonsvej 1 | 5000 Odense C | Tlf. 72 42 37 00")
    False
    """
    return len(words) >= LONG or (len(words) >= SHORT and words[-1] in '.!?:…”"')


def says_no_page(words: str) -> bool:
    """Does a title say that the page is not there?

    >>> says_no_page("404 - Siden findes ikke"), says_no_page("404 mio. kr. til børn")
    (True, False)
    """
    return NO_PAGE.fullmatch(words.strip(" .!")) is not None
