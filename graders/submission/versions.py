"""Tell old work from new by what people call files and folders."""

import re

STEP = re.compile(r"steps?[ _-]?0*\d{1,2}")
"""How a step is plainly called."""
RETIRED = re.compile(
    r"(?<![^\W\d_])(?:old|older|backups?|bak|bkup|copy|copies|kopie|archived?|archives|trash"
    r"|deprecated|legacy|previous|prev|unused|orig|drafts?|entwurf|scratch|wip|wrong|te?mp|alt)"
    r"(?![^\W\d_])|古い|^旧|旧版|旧$|バックアップ|のコピー|コピー$|下書き|作業中|練習"
    r"|복사본|사본|백업|이전|초안|작업중|연습|备份|副本|草稿|~$"
)
"""What people call that which they no longer work on, or that was never to be seen ..."""
FINAL = re.compile(
    r"(?<![^\W\d_])(?:final|finished|fixed|corrected|clean|new|neu|latest|done|ok|submit|submitted"
    r"|resubmission|turn-?in|hand-?in|abgabe)(?![^\W\d_])"
    r"|提出|提交|最終|最终|完成|修正|최종|제출|완성|수정"
)
"""... and that which they hand in."""
VERSION = re.compile(
    r"(?<![^\W\d_])(?:v|ver|version|rev|attempt|try|submission|시도)[ ._-]*"
    r"(\d{1,3}(?:\.\d{1,3})*)"
)
DATE = re.compile(
    r"(20\d\d[._-]\d\d[._-]\d\d|(?:20\d\d)?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
"""How people tell versions apart: by a number, or by a date."""


def version(text: str) -> tuple[int, ...]:
    """Return which version a name in one spelling tells of, least for the latest; where it
    tells of none, nothing, which is less.
    """
    rest = STEP.sub("", text.rpartition("/")[2], 1).strip(" _-()")
    found = VERSION.search(rest) or DATE.fullmatch(rest)
    return tuple(-int(number) for number in re.findall(r"\d+", found[1])) if found else ()
