import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { interpret, type Interpretation } from './interpret.ts';

interface Case {
  readonly request: { method: string; path: string; query: string; contentType: string | null; body: string };
  readonly status: number;
  readonly allow: string | null;
  readonly body: unknown;
}

const file = new URL('../../../e2e/fastapi/answers.json', import.meta.url);
const { origin, answers } = JSON.parse(readFileSync(file, 'utf8')) as { origin: string; answers: Case[] };

/** Where we differ on purpose. */
const strictly = new Set([
  // A truth value is no number.
  '{"prompt": "a", "num_inference_steps": true}',
  '{"prompt": "a", "guidance_scale": true}',
  '{"prompt": "a", "num_inference_steps": false}',
  '{"scenes": ["a", "b"], "duration_per_scene": true}',
]);

/** What we can and the original cannot: the exact rates of television. */
const beyond = new Set(['{"scenes": ["a", "b"], "fps": 23.976}']);

describe(`answers as ${origin}`, () => {
  test.each(answers.map((each) => [`${each.request.path}?${each.request.query} ${each.request.body}`, each]))(
    '%s',
    (_name, { request, status, body }) => {
      const ours = outcome(ask(request));
      if (strictly.has(request.body)) return expect(ours.status).toBe(422);
      if (beyond.has(request.body)) return expect(ours.status).toBe(200);
      expect(ours.status).toBe(status);
      if (status === 200) return;
      expect(comparable(ours.body)).toEqual(comparable(body));
    },
  );
});

function ask({ method, path, query, contentType, body }: Case['request']): Interpretation {
  const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
  return interpret({ method, path, query, headers, body: { text: body } });
}

function outcome(interpretation: Interpretation): { status: number; body: unknown } {
  if (interpretation.kind === 'task') return { status: 200, body: null };
  const { status, body } = interpretation.answer;
  return { status, body: JSON.parse(body) };
}

interface Detail {
  type: string;
  loc: unknown[];
  msg: string;
  input: unknown;
  ctx?: unknown;
}

/** Leaves out what we do otherwise: long inputs are shortened, numbers beyond any integer are simply too large, NaN is not a number. */
function comparable(body: unknown): unknown {
  const { detail } = body as { detail: string | Detail[] };
  if (typeof detail === 'string') return detail;
  return detail.map(({ type, loc, msg, input, ctx }) => {
    if (type === 'int_parsing_size' || input === 1e30) return { loc };
    if (input === 'nan' || input === 'inf' || input === '-inf') return { loc };
    const hidden = (type === 'missing' && loc[0] === 'query') || type === 'too_long';
    return {
      type,
      loc,
      msg: tooLongWords(msg),
      input: hidden ? null : input === 0 ? 0 : input,
      ctx: comparableCtx(type, ctx),
    };
  });
}

/** Pydantic counts a list as it was after validation. */
const tooLongWords = (msg: string) => msg.replace(/ after validation, not \d+$/, '');
const comparableCtx = (type: string, ctx: unknown) => (type === 'too_long' ? null : ctx);
