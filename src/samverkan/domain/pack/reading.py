"""From parsed files to a pack, or to every fault in them.

A file holds sections (`agencies:`, `bodies:` …), each in one file only; a file in the folder
`deliveries` or `variants` is one entry of that section. References are looked up when all sections are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, get_type_hints

from samverkan.domain.pack.faults import Fault, PackError
from samverkan.domain.pack.model import Pack
from samverkan.domain.pack.nodes import Entry, Items, Mapped, Node, Scalar, Source, plain
from samverkan.domain.pack.rules import Vocabulary, findings, varied_findings
from samverkan.domain.pack.shapes import Mention, Reader, kept
from samverkan.domain.pack.variants import Variant

_FOLDER = "deliveries"
_VARIANTS = "variants"
_OPTIONAL = frozenset(
    {
        "area_kinds",
        "grid",
        "overlays",
        "people",
        "queries",
        "plan",
        "code_names",
        "processes",
        "openness",
        "rhythms",
        "grades",
        "methods",
        "holidays",
        "agenda",
        "forms",
        "picture",
        "statistics",
        "themes",
        "questions",
        _FOLDER,
        "published",
    }
)
_ALONE = frozenset({"grid", "pack", "plan", "enrolment", "writing", "picture"})
"""Sections that are one record, not entries by id."""
_HINTS = {
    name: hint
    for name, hint in get_type_hints(Pack, include_extras=True).items()
    if name not in (_FOLDER, _VARIANTS)
}


def read_pack(sources: Sequence[Source], vocabulary: Vocabulary) -> Pack | tuple[PackError, ...]:
    """The pack that the files spell, or all faults by file and line."""
    reader = Reader()
    sections = _sections(reader, [s for s in sources if not _in_folder(s)])
    reader.languages = _languages(sections)
    read = {name: _read(reader, sections, name) for name in _HINTS}
    files = [s for s in sources if _in_folder(s, _FOLDER)]
    read[_FOLDER] = _deliveries(reader, files)
    _admitted(reader, files, _marks(sections))
    varied = _named(reader, [s for s in sources if _in_folder(s, _VARIANTS)])
    read[_VARIANTS] = _variants(reader, varied)
    _look_up(reader, sections, frozenset(varied))
    if any(read[name] is None for name in _ALONE - _OPTIONAL):
        return tuple(sorted(reader.errors))
    pack = Pack(**read)
    for path, fault, detail in findings(pack, vocabulary):
        file, line = _place(reader, path)
        reader.errors.append(PackError(file, line, fault, detail))
    return tuple(sorted(set(reader.errors))) or pack


def read_variant(
    source: Source, pack: Pack, *, held: bool = True
) -> Variant | tuple[PackError, ...]:
    """One variant that is no file of the pack, held against the pack; or every fault in it.

    With `held` false its form alone is read: what was decided once under another core.
    """
    reader = Reader(languages=pack.pack.languages)
    named = _named(reader, [source])
    read = _variants(reader, named)
    if held:
        _hold(reader, pack, read)
    found = next(iter(read.values()), None)
    return tuple(sorted(set(reader.errors))) or (found if found is not None else ())


def _hold(reader: Reader, pack: Pack, read: dict[str, Variant]) -> None:
    """Look up what the variants mention, and hold each against the pack."""
    for mention in reader.mentions:
        known: Collection[str] = getattr(pack, mention.section)
        _known(reader, mention, {*known, *read} if mention.section == _VARIANTS else known)
    for variant in read.values():
        varied = replace(pack, variants={**pack.variants, variant.id: variant})
        for path, fault, detail in varied_findings(varied, variant):
            file, line = _place(reader, path)
            reader.errors.append(PackError(file, line, fault, detail))


def _in_folder(source: Source, *folders: str) -> bool:
    return source.file.partition("/")[0] in (folders or (_FOLDER, _VARIANTS))


def _sections(reader: Reader, sources: Sequence[Source]) -> dict[str, tuple[str, Node]]:
    found: dict[str, tuple[str, Node]] = {}
    for source in sources:
        reader.file = source.file
        if not isinstance(source.node, Mapped):
            reader.wrong(source.node.line, Fault.NOT_A_MAPPING)
            continue
        for entry in source.node.entries:
            if entry.key not in _HINTS:
                reader.wrong(entry.line, Fault.UNKNOWN_SECTION, entry.key)
            elif entry.key in found:
                reader.wrong(entry.line, Fault.DOUBLED, entry.key)
            else:
                found[entry.key] = (source.file, entry.value)
                reader.places[entry.key,] = (source.file, entry.line)
    return found


def _languages(sections: dict[str, tuple[str, Node]]) -> tuple[str, ...]:
    """Read ahead, since every text of the pack is checked against them."""
    head = sections["pack"][1] if "pack" in sections else None
    node = head.get("languages") if isinstance(head, Mapped) else None
    items = node.items if isinstance(node, Items) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar))


def _read(reader: Reader, sections: dict[str, tuple[str, Node]], name: str) -> Any:
    empty: Any = None if name in _ALONE else {}
    if name not in sections:
        if name not in _OPTIONAL:
            reader.errors.append(PackError("pack.yaml", 1, Fault.MISSING_KEY, name))
        return empty
    reader.file, node = sections[name]
    return kept(reader.read(node, _HINTS[name], (name,)), empty)


def _look_up(
    reader: Reader, sections: dict[str, tuple[str, Node]], variants: frozenset[str]
) -> None:
    known = {name: _ids(node) for name, (_, node) in sections.items()}
    known[_VARIANTS] = variants
    known["marks"] = _marks(sections)
    known["subject_roles"] = _listed(sections, "one_by_one", "roles")
    for mention in reader.mentions:
        _known(reader, mention, known.get(mention.section, frozenset()))


def _known(reader: Reader, mention: Mention, known: Collection[str]) -> None:
    if mention.id not in known:
        detail = f"{mention.section}: {mention.id}"
        error = PackError(mention.file, mention.line, Fault.UNKNOWN_REFERENCE, detail)
        reader.errors.append(error)


def _ids(node: Node) -> frozenset[str]:
    return frozenset(entry.key for entry in _entries(node))


def _marks(sections: dict[str, tuple[str, Node]]) -> frozenset[str]:
    """The words by which deliveries name what is never enrolled."""
    return _listed(sections, "never_enrolled", "marks")


def _listed(sections: dict[str, tuple[str, Node]], section: str, key: str) -> frozenset[str]:
    """Every word of the lists under that key of a section's entries."""
    _, node = sections.get(section, ("", Mapped((), 1)))
    lists = [e.value.get(key) for e in _entries(node) if isinstance(e.value, Mapped)]
    items = [item for each in lists if isinstance(each, Items) for item in each.items]
    return frozenset(item.text for item in items if isinstance(item, Scalar))


def _place(reader: Reader, path: tuple[str, ...]) -> tuple[str, int]:
    """The nearest place known: a key, else what holds it."""
    while path not in reader.places and len(path) > 1:
        path = path[:-1]
    return reader.places.get(path, ("pack.yaml", 1))


def _named(reader: Reader, sources: Sequence[Source]) -> dict[str, tuple[str, Mapped]]:
    """Files that are one entry each, by the id that stands in them."""
    found: dict[str, tuple[str, Mapped]] = {}
    for source in sources:
        reader.file = source.file
        node = source.node
        id_ = node.get("id") if isinstance(node, Mapped) else None
        if not isinstance(node, Mapped) or not isinstance(id_, Scalar):
            reader.wrong(node.line, Fault.MISSING_KEY, "id")
        elif id_.text in found:
            reader.wrong(id_.line, Fault.DOUBLED, id_.text)
        else:
            found[id_.text] = (source.file, node)
    return found


def _deliveries(reader: Reader, sources: Sequence[Source]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for id_, (file, node) in _named(reader, sources).items():
        found[id_] = plain(node)
        reader.mentions.extend(_mentioned(file, node))
    return found


def _variants(reader: Reader, named: dict[str, tuple[str, Mapped]]) -> dict[str, Variant]:
    found: dict[str, Variant] = {}
    for id_, (file, node) in named.items():
        reader.file = file
        reader.places[_VARIANTS, id_] = (file, node.line)
        read = kept(reader.read(node, Variant, (_VARIANTS, id_)), None)
        if isinstance(read, Variant):
            found[id_] = read
    return found


def _admitted(reader: Reader, sources: Sequence[Source], marks: frozenset[str]) -> None:
    """No delivery turns a class that is never enrolled into one that may enter."""
    for source in sources:
        reader.file = source.file
        marked = source.node.get("class") if isinstance(source.node, Mapped) else None
        values = marked.get("values") if isinstance(marked, Mapped) else None
        for entry in _entries(values) if isinstance(values, Mapped) else ():
            if entry.key in marks:
                reader.wrong(entry.line, Fault.NEVER_ENROLLED, entry.key)


def _mentioned(file: str, node: Mapped) -> Iterator[Mention]:
    """What a delivery refers to in the rest of the pack."""
    marked = node.get("class")
    marked = marked if isinstance(marked, Mapped) else Mapped((), node.line)
    values, never = marked.get("values"), marked.get("never")
    referred = [
        ("parties", node.get("party")),
        ("purposes", node.get("purpose")),
        ("classifications", node.get("classification")),
        *(("classifications", e.value) for e in _entries(values)),
        *(("marks", item) for item in (never.items if isinstance(never, Items) else ())),
        *(("conditions", found) for found in _under(node, "condition")),
        *(("subject_roles", found) for found in _under(node, "role")),
    ]
    for section, value in referred:
        if isinstance(value, Scalar):
            yield Mention(section, value.text, file, value.line)


def _entries(node: Node | None) -> tuple[Entry, ...]:
    return node.entries if isinstance(node, Mapped) else ()


def _under(node: Node, key: str) -> Iterator[Node]:
    """Every value under the key, at any depth."""
    if isinstance(node, Mapped):
        for entry in node.entries:
            if entry.key == key:
                yield entry.value
            yield from _under(entry.value, key)
    elif isinstance(node, Items):
        for item in node.items:
            yield from _under(item, key)
