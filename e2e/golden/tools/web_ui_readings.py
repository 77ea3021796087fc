"""How AUTOMATIC1111's web UI reads texts. Usage:

    npx tsx bench/web-ui-readings.ts texts texts.json; npx tsx bench/web-ui-readings.ts prompts prompts.json
    python web_ui_readings.py WEB_UI texts texts.json their-texts.json
    python web_ui_readings.py WEB_UI prompts prompts.json their-prompts.json
    npx tsx bench/web-ui-readings.ts keep their-texts.json their-prompts.json

WEB_UI is a checkout of https://github.com/AUTOMATIC1111/stable-diffusion-webui (1.10). Of its modules only the readers are run, so that neither
torch nor the rest of it need be there; lark must be. The prompts take some twenty minutes.
"""

import ast
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace


def definitions(path, names, given):
    """Those of a module's functions and values, without its imports."""

    def name_of(node):
        if isinstance(node, ast.FunctionDef):
            return node.name
        return getattr(node.targets[0], "id", None) if isinstance(node, ast.Assign) else None

    kept = [node for node in ast.parse(path.read_text()).body if name_of(node) in names]
    scope = dict(given)
    exec(compile(ast.Module(kept, []), str(path), "exec"), scope)
    return scope


def number(value):
    pattern = r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*"
    if value is None or not re.fullmatch(pattern, value, re.I):
        return None
    if re.fullmatch(r"\s*-?\d+\s*", value):
        return str(int(value))
    return repr(float(value)).removesuffix(".0")


def read_text(scope, text):
    said = scope["parse_generation_parameters"](text)
    size = [said.get("Size-1"), said.get("Size-2")]
    return {
        "prompt": said["Prompt"],
        "negative": said["Negative prompt"],
        "steps": number(said.get("Steps")),
        "guidance": number(said.get("CFG scale")),
        "seed": number(said.get("Seed")),
        "size": None if None in size else "x".join(str(int(side)) for side in size),
        "hasSampler": bool(said.get("Sampler")),
    }


def text_scope(web_ui):
    names = {"re_param_code", "re_param", "re_imagesize", "unquote", "parse_generation_parameters"}
    own = set(names)
    # What it adds for older versions' sake concerns none of these settings.
    nothing = SimpleNamespace(__getattr__=lambda _: None)
    shared = SimpleNamespace(
        opts=SimpleNamespace(infotext_styles="Ignore", infotext_skip_pasting=[], data={}),
        prompt_styles=SimpleNamespace(extract_styles_from_prompt=lambda a, b: ([], a, b)),
    )
    given = {"re": re, "json": json, "shared": shared, "infotext_versions": SimpleNamespace(backcompat=lambda _: None)}
    given["restore_old_hires_fix_params"] = lambda _: None
    given["prompt_parser"] = SimpleNamespace(parse_prompt_attention=lambda _: [])
    given["sd_models"] = nothing
    return definitions(web_ui / "modules/infotext_utils.py", own, given)


def prompt_scope(web_ui):
    import lark

    names = {"schedule_parser", "get_learned_conditioning_prompt_schedules", "re_AND", "re_weight"}
    names |= {"get_multicond_prompt_list", "re_attention", "re_break", "parse_prompt_attention"}
    given = {"re": re, "lark": lark, "SdConditioning": lambda prompts, *_: list(prompts)}
    return definitions(web_ui / "modules/prompt_parser.py", names, given)


def compact(value):
    """As JavaScript writes a number."""
    rounded = round(float(value), 6)
    return int(rounded) if rounded == int(rounded) else rounded


def read_prompt(scope, prompt):
    schedule = scope["get_learned_conditioning_prompt_schedules"]([prompt], 10)[0]
    sections = [[]]
    for text, weight in scope["parse_prompt_attention"](prompt):
        if text == "BREAK" and weight == -1:
            sections.append([])
        elif text != "":
            sections[-1].append([text, compact(weight)])
    parts = [compact(weight) for _, weight in scope["get_multicond_prompt_list"]([prompt])[0][0]]
    return {"schedule": [list(part) for part in schedule], "sections": sections, "parts": parts}


def main():
    web_ui, kind, source, target = Path(sys.argv[1]), *sys.argv[2:5]
    scope, read = (text_scope, read_text) if kind == "texts" else (prompt_scope, read_prompt)
    known = scope(web_ui)
    texts = json.loads(Path(source).read_text())
    Path(target).write_text(json.dumps([read(known, text) for text in texts], ensure_ascii=True))


main()
