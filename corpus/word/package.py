"""The ZIP that a Word file is: what it holds, and no more of it than a document can be."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from corpus.decode import refuse_size
from corpus.document import UnreadableError

OLE = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a file with a password
MOST_ENTRIES = 5_000
MOST_BYTES = 12_000_000  # of one part unpacked; the longest agreement has about 4 MB
MOST_TAGS = 600_000  # tags and attributes, by which a part costs memory; 200 pages have about 200,000
BOMB = 1_000_000_000  # bytes unpacked that no document has, pictures and all
KINDS = (  # an entry that only this kind of file has, and what it is
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint file"),
    ("META-INF/manifest.xml", "an OpenDocument file"),
    ("Index/", "a Pages file"),
)
AS_DOCX = "save it as a Word document (.docx)"
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def opened(body: bytes) -> ZipFile:
    """The ZIP of a Word file. Raises UnreadableError for what is none, too much, or locked."""
    if not body.strip():
        raise UnreadableError("empty; there is nothing to read")
    refuse_size(len(body))
    if body.startswith(OLE):
        locked = LOCKED in body
        raise UnreadableError(
            "a Word file with a password; save it without one"
            if locked
            else f"an old Word or Office file (.doc); {AS_DOCX}"
        )
    try:
        file = ZipFile(BytesIO(body))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError("a Word file cut off or damaged; fetch it again") from error
    refuse_content(file)
    return file


def refuse_content(file: ZipFile) -> None:
    """Raise UnreadableError by the directory of the ZIP alone."""
    entries = file.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnreadableError(f"too many files in it ({len(entries)}); {AS_DOCX} without embedded files")
    if sum(entry.file_size for entry in entries) > BOMB:
        raise UnreadableError("unpacks to more than any document; it is not opened")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("a ZIP file with a password; save it without one")
    names = file.namelist()
    for start, what in KINDS:
        if any(name.startswith(start) for name in names):
            raise UnreadableError(f"{what}, which is not read; {AS_DOCX}")
    if "[Content_Types].xml" not in names:
        raise UnreadableError("a ZIP file, not a Word document; give the files in it")


def part(file: ZipFile, name: str) -> bytes | None:
    """The bytes of one XML part of the file, if it is there; never more than a document can have."""
    try:
        entry = file.getinfo(name.lstrip("/"))
        with file.open(entry) as stream:
            found = bytearray()
            # in steps: the size in the directory may be a lie, and one read() would unpack it all
            while step := stream.read(65_536):
                found += step
                if len(found) > MOST_BYTES:
                    raise UnreadableError(f"too large ({name} unpacked); split it")
    except KeyError:
        return None
    except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise UnreadableError(f"a Word file cut off or damaged ({name}); fetch it again") from error
    refuse_xml(bytes(found), name)
    return bytes(found)


def refuse_xml(xml: bytes, name: str) -> None:
    """Raise UnreadableError for entities, which Word never writes, and for tags without end."""
    plain = xml.replace(b"\0", b"")  # UTF-16 is allowed
    if DECLARED.search(plain):
        raise UnreadableError(f"declares entities ({name}), as no Word file does; {AS_DOCX} again")
    if plain.count(b"<") + plain.count(b"=") > MOST_TAGS:
        raise UnreadableError(f"too large ({name} has over {MOST_TAGS:,} tags and attributes); split it")
