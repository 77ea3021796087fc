"""Writes answers.json: what FastAPI itself answers to each request of `cases`, with the API's fields and limits.

    pip install fastapi httpx && python reference.py > answers.json

The tests compare our own answers with these, so that a client written for a FastAPI service finds the shapes and words it knows.
"""

import json
import sys
from typing import Annotated, Literal

import fastapi
import pydantic
from fastapi import FastAPI, HTTPException, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

Prompt = Annotated[str, Field(min_length=1, max_length=10000)]
Side = Annotated[int, Field(ge=64, le=3840)]
EvenSide = Annotated[int, Field(ge=64, le=3840, multiple_of=2)]
Steps = Annotated[int, Field(ge=1, le=150)]
Seed = Annotated[int, Field(ge=0, le=2**53 - 1)]
Scheduler = Literal["ddim", "dpm2", "dpm2-ancestral", "dpmpp-2m", "dpmpp-2m-karras", "dpmpp-2m-sde-karras",
                    "dpmpp-2s-ancestral", "dpmpp-3m-sde", "dpmpp-sde", "dpmpp-sde-karras", "euler", "euler-ancestral",
                    "euler-karras", "heun", "lcm", "lms", "pndm", "tiny-sd", "unipc", "model"]


class Generate(BaseModel):
    prompt: Prompt
    num_inference_steps: Steps = 25
    return_base64: bool = False
    negative_prompt: Annotated[str, Field(max_length=10000)] = ""
    guidance_scale: Annotated[float, Field(ge=0, le=30)] | None = None
    seed: Seed | None = None
    width: Side | None = None
    height: Side | None = None
    scheduler: Scheduler | None = None


class Video(BaseModel):
    scenes: Annotated[list[Prompt], Field(max_length=500)]
    hero_description: Annotated[str, Field(max_length=10000)] = ""
    num_inference_steps: Steps = 25
    duration_per_scene: Annotated[float, Field(gt=0, le=600)] = 3.0
    fps: Annotated[int, Field(ge=1, le=60)] = 24
    width: EvenSide = 512
    height: EvenSide = 512
    transition_frames: Annotated[int, Field(ge=0, le=600)] = 12
    format: Literal["mp4", "webm", "gif"] = "mp4"


app = FastAPI()


@app.post("/generate")
def generate(body: Generate):
    return "accepted"


@app.post("/generate-video")
def generate_video(body: Video):
    if len(body.scenes) < 2:
        raise HTTPException(status_code=400, detail="At least 2 scenes required")
    return "accepted"


@app.get("/generate-video/info")
def info(query: Annotated[Video, Query()]):
    if len(query.scenes) < 2:
        raise HTTPException(status_code=400, detail="At least 2 scenes required")
    return "accepted"


@app.get("/health")
def health():
    return "accepted"


JSON = "application/json"
cases = []


def post(path, body, content_type=JSON):
    cases.append({"method": "POST", "path": path, "query": "", "contentType": content_type,
                  "body": body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)})


def get(path, query=""):
    cases.append({"method": "GET", "path": path, "query": query, "contentType": None, "body": ""})


# Bodies that are no JSON object.
for body in ["", "null", "[]", "5", '"a"', "{", "{}", "{]", '{"prompt"}', '{"prompt":}', '{"prompt":"a"', '{"prompt":"a",', '{"prompt":"a"} x',
             '{"prompt":"a" "b"}', "{'prompt':'a'}", '{"prompt":"a\nb"}', '{"prompt":"a\\qb"}', '{"prompt":"a\\u12g4"}', '{"prompt":"abc', "[1,", "[1 2]",
             "prompt=a", "tru", "-", "01", "{1:2}", '  {"prompt": "é🙂" ,, }', '{"prompt":"a"}}', '\t\n {"prompt":"a"}\r\n ']:
    post("/generate", body)
# Content types.
for content_type in [JSON + "; charset=utf-8", "application/vnd.x+json", "text/plain", "application/x-www-form-urlencoded", "text/json", "APPLICATION/JSON"]:
    post("/generate", '{"prompt":"a"}', content_type)
# Strings.
for prompt in ["a", "", "é🙂漢", 5, 1.5, True, None, [], {}, ["a"], {"a": 1}]:
    post("/generate", {"prompt": prompt})
post("/generate", '{"prompt":"\\ud800"}')
post("/generate", '{"prompt":"\\ud83d\\ude42"}')
post("/generate", {"num_inference_steps": 10})
post("/generate", {"prompt": "a", "unknown": {"deep": [1, 2]}})
# Whole numbers.
for steps in [1, 150, 0, 151, -1, 25.0, 25.5, -0.0, "25", " 25 ", "+25", "25.0", "25.5", "", "x", "1e2", "0x10", True, False, None, [], {}, 1e30, "999"]:
    post("/generate", {"prompt": "a", "num_inference_steps": steps})
# Booleans.
for flag in [True, False, 0, 1, 2, 0.0, 1.0, 0.5, "true", "True", "FALSE", "yes", "no", "on", "off", "t", "f", "y", "n", "1", "0", "2", "", " true", None, [], {}]:
    post("/generate", {"prompt": "a", "return_base64": flag})
# Optional numbers and choices.
for seed in [None, 0, 2**53 - 1, -1, "7", "x", 1.5, []]:
    post("/generate", {"prompt": "a", "seed": seed})
for guidance in [None, 0, 30, 7.5, "7.5", -0.1, 30.5, "nan", "inf", "-inf", "x", True, [], {}]:
    post("/generate", {"prompt": "a", "guidance_scale": guidance})
for scheduler in [None, "euler", "Euler", "", 5, []]:
    post("/generate", {"prompt": "a", "scheduler": scheduler})
# Several faults at once.
post("/generate", {"num_inference_steps": "x", "return_base64": "maybe", "width": 1})
# Films.
two = ["a", "b"]
for scenes in [two, ["a"], [], None, "ab", 5, {}, {"0": "a", "1": "b"}, ["a", 5], [1, 2.5, None], ["a", ""], [["a"], "b"]]:
    post("/generate-video", {"scenes": scenes})
post("/generate-video", {})
post("/generate-video", {"scenes": ["a"] * 501})
post("/generate-video", {"scenes": ["a"], "fps": 0})
for duration in [3, 3.5, "3.0", 0, -1, 601, "x", None, True]:
    post("/generate-video", {"scenes": two, "duration_per_scene": duration})
for fps in [1, 60, 0, 61, 24.0, 23.976, "24", None]:
    post("/generate-video", {"scenes": two, "fps": fps})
for width in [512, 64, 62, 63, 513, 3842, -512, "512", 511.5]:
    post("/generate-video", {"scenes": two, "width": width})
for frames in [0, 12, -1, 601, "12", 1.5]:
    post("/generate-video", {"scenes": two, "transition_frames": frames})
for kind in ["mp4", "gif", "avi", 1]:
    post("/generate-video", {"scenes": two, "format": kind})
# Query parameters.
for query in ["", "scenes=a&scenes=b", "scenes=a", "scenes=a&scenes=b&fps=30", "scenes=a&scenes=b&fps=x", "scenes=a&scenes=b&fps=", "fps=0",
              "scenes=a&scenes=b&duration_per_scene=2.5&width=640&height=360", "scenes=a+b&scenes=%C3%A9%F0%9F%99%82", "scenes=a&scenes=&width=63",
              "scenes=a&scenes=b&fps=1&fps=x", "scenes=a&scenes=b&duration_per_scene=nan", "scenes=a&scenes=b&duration_per_scene=0", "&&=&scenes", "scenes=a&scenes=b&num_inference_steps=1.5"]:
    get("/generate-video/info", query)
# Routes.
get("/nothing")
get("/generate")
post("/health", {})

client = TestClient(app, raise_server_exceptions=False)
answers = []
for case in cases:
    headers = {} if case["contentType"] is None else {"Content-Type": case["contentType"]}
    url = case["path"] + ("?" + case["query"] if case["query"] else "")
    response = client.request(case["method"], url, content=case["body"].encode("utf-8", "surrogatepass") or None, headers=headers)
    if response.status_code == 500:  # FastAPI cannot write an input of nan, inf or a lone surrogate as JSON: ours must.
        continue
    answers.append({"request": case, "status": response.status_code, "allow": response.headers.get("allow"), "body": response.json()})
lines = ",\n".join(json.dumps(answer) for answer in answers)
origin = f"FastAPI {fastapi.__version__}, pydantic {pydantic.VERSION}, Python {sys.version.split()[0]}"
print(f'{{"origin": {json.dumps(origin)}, "answers": [\n{lines}\n]}}')
