import type { MachineTrouble } from './machine.ts';

/** Everything that can go wrong, as the person would tell it apart. Each code has words in `src/app/words`. */
export const errorCodes = [
  'audio-silent',
  'audio-unreadable',
  'bad-input',
  'bad-output',
  'backend-unavailable',
  'device-lost',
  'download-failed',
  'encoder-failed',
  'encoder-unavailable',
  'file-corrupt',
  'file-not-found',
  'file-unreadable',
  'hub-gated',
  'hub-not-found',
  'internal',
  'machine-answer',
  'machine-busy',
  'machine-censored',
  'machine-failed',
  'machine-refused',
  'machine-unknown',
  'machine-unreachable',
  'model-incomplete',
  'model-unsupported',
  'not-an-image',
  'offline',
  'out-of-memory',
  'runtime-missing',
  'session-failed',
  'storage-failed',
  'storage-full',
  'timed-out',
  'worker-crashed',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Plain data, because structured clone drops subclasses of `Error`. */
export interface PlainError {
  readonly code: ErrorCode;
  /** What happened, in English, for the details of an error box and for bug reports. */
  readonly message: string;
  /** The input that is at fault, for `bad-input`: the message belongs beside it. */
  readonly field?: string;
  /** It went wrong on another machine, or on the way to it. */
  readonly elsewhere?: MachineTrouble;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly elsewhere: MachineTrouble | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; field?: string; elsewhere?: MachineTrouble } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'AppError';
    this.code = code;
    this.field = options.field;
    this.elsewhere = options.elsewhere;
  }
}

/** A cancel is an outcome, not an error: whoever catches must let these pass without a word. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Less at once, or another way, may do where this was thrown. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'out-of-memory';

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof AppError)) return { code: 'internal', message: describeCause(error) };
  const causes = error.cause === undefined ? '' : ` (${describeCause(error.cause)})`;
  const { code, field, elsewhere } = error;
  return {
    code,
    message: error.message + causes,
    ...(field !== undefined && { field }),
    ...(elsewhere && { elsewhere }),
  };
}

export function fromPlainError({ code, message, field, elsewhere }: PlainError): AppError {
  return new AppError(code, message, {
    ...(field !== undefined && { field }),
    ...(elsewhere && { elsewhere }),
  });
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
