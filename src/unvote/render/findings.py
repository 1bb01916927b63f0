"""Problems in the formats of other programs: GitHub, SARIF, JUnit, GitLab.

Each is a few lines of JSON or XML with a public specification. The libraries there are either
abandoned (sarif-om, 2019) or heavier than what they save; tests hold the output against the
official schemas instead.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from unvote.catalogue import CATALOGUE, Entry
from unvote.diagnostics import START, Diagnostic, Place, visible

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
COMMAND: Final = re.compile(r"^(\s*):(?=:)|##(?=\[)", re.MULTILINE)


def seen_from(diagnostics: Iterable[Diagnostic], folder: PurePath) -> list[Diagnostic]:
    """The problems with the paths of files in a folder taken from there.

    The other programs look for the files in their own copy of the repository.
    """
    return [replace(one, file=path_from(one.file, folder)) for one in diagnostics]


def path_from(file: str, folder: PurePath) -> str:
    """A file's path from a folder it is in; any other path as it is."""
    path = type(folder)(file)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else file


def inert(text: str) -> str:
    """Text in which GitHub Actions sees no command, whatever names and lines of files hold."""
    return COMMAND.sub(lambda match: "#\\u0023" if match[1] is None else f"{match[1]}\\u003a", text)


def github_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands for GitHub Actions; errors first, for only ten of a kind are shown."""
    ordered = sorted(diagnostics, key=lambda diagnostic: not diagnostic.is_error)
    return "".join(_annotation(diagnostic) for diagnostic in ordered)


def _annotation(diagnostic: Diagnostic) -> str:
    problem, place = diagnostic.problem, diagnostic.place
    where = f"file={_property(_posix(diagnostic.file))}"
    if place is not None:
        where += f",line={place.line},endLine={place.end_line}"
        if place.line == place.end_line:  # columns are for one line only
            where += f",col={place.column},endColumn={place.end_column}"
    text = problem.message + (f"\n{problem.hint}" if problem.hint else "")
    title = _property(problem.code)
    return f"::{problem.level.value} {where},title={title}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _posix(file: str) -> str:
    """A path with the slashes of all systems; each of these formats can hold a line's end."""
    return "\n".join(visible(line) for line in PurePath(file).as_posix().split("\n"))


def sarif_text(diagnostics: Sequence[Diagnostic], version: str) -> str:
    """A SARIF 2.1.0 log, columns counted in Unicode code points."""
    codes = sorted({diagnostic.problem.code for diagnostic in diagnostics})
    driver = {
        "name": "unvote",
        "version": version,
        "rules": [_sarif_rule(CATALOGUE[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(d, codes.index(d.problem.code)) for d in diagnostics],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "help": {"text": entry.cure},
        "defaultConfiguration": {"level": entry.level.value},
    }


def _sarif_result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    problem = diagnostic.problem
    text = problem.message + (f" ({problem.hint})" if problem.hint else "")
    text = text.replace("](", "] (")  # else it would be a link
    result = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.level.value,
        "message": {"text": text},
        "locations": [_sarif_location(diagnostic.file, diagnostic.place)],
    }
    if diagnostic.also is not None:
        result["message"] = {"text": f"{text} [The other place](1)"}
        related = _sarif_location(diagnostic.file, diagnostic.also)
        result["relatedLocations"] = [{"id": 1, **related, "message": {"text": "the other place"}}]
    return result


def _sarif_location(file: str, place: Place | None) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if place is not None:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {"physicalLocation": location}


def _uri(file: str) -> str:
    """A path as a relative reference, or as a file's address where it is absolute."""
    import os
    from urllib.parse import quote

    path = PurePath(file)
    uri = quote(os.fsencode(path.as_posix()), safe="/:" if path.drive else "/")
    if not path.is_absolute():
        return uri
    on_a_host = path.drive.startswith("\\\\")
    return f"file:{uri}" if on_a_host else f"file:///{uri.lstrip('/')}"


def junit_text(files: Sequence[str], diagnostics: Sequence[Diagnostic]) -> str:
    """JUnit XML: one test case a file; its errors fail it, its warnings are printed."""
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in files}
    for diagnostic in diagnostics:
        by_file.setdefault(diagnostic.file, []).append(diagnostic)
    failed = sum(any(d.is_error for d in found) for found in by_file.values())
    head = f'tests="{len(by_file)}" failures="{failed}" errors="0"'
    cases = "".join(_junit_case(file, found) for file, found in by_file.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="unvote" {head}>\n  <testsuite name="unvote check" {head} skipped="0">\n'
        f"{cases}  </testsuite>\n</testsuites>\n"
    )


def _junit_case(file: str, diagnostics: list[Diagnostic]) -> str:
    name = quoteattr(_posix(file))
    errors = [_line(d) for d in diagnostics if d.is_error]
    warnings = [_line(d) for d in diagnostics if not d.is_error]
    inside = ""
    if errors:
        message = quoteattr(f"{len(errors)} errors" if len(errors) > 1 else errors[0])
        body = escape("\n".join(errors))
        inside += f'      <failure type="error" message={message}>{body}</failure>\n'
    if warnings:
        inside += f"      <system-out>{escape(chr(10).join(warnings))}</system-out>\n"
    return f"    <testcase classname={name} name={name}>\n{inside}    </testcase>\n"


def _line(diagnostic: Diagnostic) -> str:
    place, problem = diagnostic.place or START, diagnostic.problem
    text = f"{place.line}:{place.column}: {problem.level.value} {problem.code}: {problem.message}"
    return visible(f"{text} ({problem.hint})" if problem.hint else text)


def gitlab_text(diagnostics: Iterable[Diagnostic]) -> str:
    """GitLab's code quality report; a fingerprint is stable while the file and message are."""
    seen: dict[str, int] = {}
    issues = []
    for diagnostic in diagnostics:
        problem, place = diagnostic.problem, diagnostic.place or START
        key = f"{_posix(diagnostic.file)}\0{problem.code}\0{problem.message}"
        seen[key] = seen.get(key, 0) + 1
        issues.append(
            {
                "description": f"{problem.message} ({problem.hint})"
                if problem.hint
                else problem.message,
                "check_name": problem.code,
                "fingerprint": _digest(f"{key}\0{seen[key]}"),
                "severity": "major" if diagnostic.is_error else "minor",
                "location": {
                    "path": _posix(diagnostic.file),
                    "lines": {"begin": place.line, "end": place.end_line},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8", errors="replace")).hexdigest()[:32]
