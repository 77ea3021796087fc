/** zod's issues in the words and shapes of FastAPI's (pydantic's) 422 answers. */
import type { z } from 'zod';
import { excerpt } from './excerpt.ts';
import { fieldKind } from './lax.ts';

export interface Problem {
  /** Pydantic's name for the kind of fault. */
  readonly type: string;
  /** `['body', 'scenes', 1]`, `['query', 'fps']`. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** What was given, shortened when long. */
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

type Words = Pick<Problem, 'type' | 'msg' | 'ctx'>;

/** More would help no one; and a megabyte can hold half a million faults. */
const maxProblems = 20;
const maxIssues = 100;

/** `input` is what was given before it was read laxly, so that the answer quotes the sender's own words. */
export function problemsOf(
  schema: z.ZodObject,
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  place: 'body' | 'query',
): Problem[] {
  return firstOfEachPath(issues.slice(0, maxIssues))
    .slice(0, maxProblems)
    .map((issue) => {
      const given = valueAt(input, issue.path);
      const words = given === undefined ? missing : describe(issue, given, isWhole(schema, issue));
      // Pydantic shows the object around a field that is missing.
      const shown = given === undefined ? valueAt(input, issue.path.slice(0, -1)) : given;
      const loc = [place, ...(issue.path as (string | number)[])];
      const { type, msg, ctx } = words;
      return { type, loc, msg, input: excerpt(shown), ...(ctx && { ctx }) };
    });
}

/** zod goes on after a first fault; pydantic tells one for each place, and none for a list whose items are at fault. */
function firstOfEachPath(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const paths = issues.map((issue) => issue.path.join('/'));
  return issues.filter(
    (_issue, index) =>
      paths.indexOf(paths[index]!) === index && !paths.some((path) => path.startsWith(`${paths[index]!}/`)),
  );
}

/** zod says only `number` of a whole number that is none at all. */
function isWhole(schema: z.ZodObject, issue: z.core.$ZodIssue): boolean {
  const field = (schema.shape as Readonly<Record<PropertyKey, z.core.$ZodType>>)[issue.path[0]!];
  return issue.path.length === 1 && field !== undefined && ['int', 'rate'].includes(fieldKind(field));
}

const missing: Words = { type: 'missing', msg: 'Field required' };

function describe(issue: z.core.$ZodIssue, given: unknown, whole: boolean): Words {
  if (issue.code === 'invalid_type') return wrongType(whole ? 'int' : issue.expected, given);
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return tooBig(issue);
  if (issue.code === 'not_multiple_of') {
    return withLimit('multiple_of', 'multiple_of', issue.divisor, 'a multiple of');
  }
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  const type: unknown = issue.code === 'custom' ? issue.params?.['type'] : undefined;
  if (type === 'int_from_float') return wrongWholeNumber(given);
  if (typeof type === 'string') return { type, msg: issue.message };
  return { type: 'value_error', msg: `Value error, ${issue.message}` };
}

function wrongType(expected: string, given: unknown): Words {
  if (typeof given === 'number' && !Number.isFinite(given)) {
    return { type: 'finite_number', msg: 'Input should be a finite number' };
  }
  switch (expected) {
    case 'string':
      return { type: 'string_type', msg: 'Input should be a valid string' };
    case 'array':
      return { type: 'list_type', msg: 'Input should be a valid list' };
    case 'boolean':
      return wrongBoolean(given);
    case 'int':
      return wrongWholeNumber(given);
    case 'number':
      return typeof given === 'string'
        ? { type: 'float_parsing', msg: 'Input should be a valid number, unable to parse string as a number' }
        : { type: 'float_type', msg: 'Input should be a valid number' };
    default:
      return notAnObject;
  }
}

export const notAnObject: Words = {
  type: 'model_attributes_type',
  msg: 'Input should be a valid dictionary or object to extract fields from',
};

function wrongBoolean(given: unknown): Words {
  return typeof given === 'string' || Number.isInteger(given)
    ? { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
    : { type: 'bool_type', msg: 'Input should be a valid boolean' };
}

function wrongWholeNumber(given: unknown): Words {
  const msg = 'Input should be a valid integer';
  if (typeof given === 'number') {
    return { type: 'int_from_float', msg: `${msg}, got a number with a fractional part` };
  }
  return typeof given === 'string'
    ? { type: 'int_parsing', msg: `${msg}, unable to parse string as an integer` }
    : { type: 'int_type', msg };
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): Words {
  if (origin === 'string')
    return length('string_too_short', 'min_length', 'String', 'least', minimum, 'character');
  return inclusive === false
    ? withLimit('greater_than', 'gt', minimum, 'greater than')
    : withLimit('greater_than_equal', 'ge', minimum, 'greater than or equal to');
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): Words {
  if (origin === 'string')
    return length('string_too_long', 'max_length', 'String', 'most', maximum, 'character');
  if (origin === 'array') return length('too_long', 'max_length', 'List', 'most', maximum, 'item');
  return inclusive === false
    ? withLimit('less_than', 'lt', maximum, 'less than')
    : withLimit('less_than_equal', 'le', maximum, 'less than or equal to');
}

function length(
  type: string,
  key: string,
  what: string,
  end: 'least' | 'most',
  limit: number | bigint,
  unit: string,
): Words {
  const units = Number(limit) === 1 ? unit : `${unit}s`;
  return {
    type,
    msg: `${what} should have at ${end} ${Number(limit)} ${units}`,
    ctx: { [key]: Number(limit) },
  };
}

function withLimit(type: string, key: string, limit: number | bigint, phrase: string): Words {
  return { type, msg: `Input should be ${phrase} ${Number(limit)}`, ctx: { [key]: Number(limit) } };
}

function oneOf(values: readonly string[]): Words {
  const quoted = values.map((value) => `'${value}'`);
  const expected = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)!}`;
  return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    input,
  );
}
