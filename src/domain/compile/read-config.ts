/** Fields of a component's config.json, as the libraries that wrote it understand them. */
import { AppError } from '../errors.ts';
import type { Json } from '../loose-json.ts';

/** A number, or `otherwise` where the configuration is silent. Throws `model-unsupported` for anything else. */
export function numberIn(config: Json, field: string, otherwise: number): number {
  const value = config[field] ?? otherwise;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw unreadable(field);
}

/** A list of numbers, a number that stands for all `length` of them, or `otherwise`. */
export function numbersIn(config: Json, field: string, length: number, otherwise: number): readonly number[] {
  const value = config[field] ?? otherwise;
  if (typeof value === 'number') return new Array<number>(length).fill(value);
  if (isNumbers(value) && value.length === length) return value;
  throw unreadable(field);
}

/** A list of numbers, of any length but none. */
export function listIn(config: Json, field: string, otherwise: readonly number[]): readonly number[] {
  const value = config[field] ?? otherwise;
  if (isNumbers(value) && value.length > 0) return value;
  throw unreadable(field);
}

export function textsIn(config: Json, field: string, otherwise: readonly string[]): readonly string[] {
  const value: unknown = config[field] ?? otherwise;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw unreadable(field);
}

/** Throws `model-unsupported` when a field has a value that the network here was not built for. */
export function mustBe(config: Json, field: string, ...allowed: readonly unknown[]): void {
  const value = config[field];
  if (value === undefined || value === null || allowed.includes(value)) return;
  throw new AppError('model-unsupported', `This model's ${field} is ${JSON.stringify(value)}.`);
}

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number');

const unreadable = (field: string) =>
  new AppError('model-unsupported', `The configuration's ${field} cannot be understood.`);
