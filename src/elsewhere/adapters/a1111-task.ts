/** How far a task of AUTOMATIC1111's is, and how it is stopped. It has a name of ours (`force_task_id`), so that no other person's is meant. */
import type { MachineAddress, MachineEvent } from '../../engine/machine-protocol.ts';
import { fromBase64 } from '../../engine/base64.ts';
import type { AdapterTools, DrawTools } from '../asking/adapter.ts';
import { ask, askAny, readJson, type Asked } from '../asking/ask.ts';
import { numberOf, objectOf, textOf, type Json, type JsonObject } from '../asking/json.ts';
import { watch, type Seen } from '../asking/patience.ts';
import { neverAborts } from '../asking/signals.ts';
import { machineError, statusError } from '../asking/trouble.ts';

/** `--api-auth user:password`. */
export function basicAuth({ key }: MachineAddress): Readonly<Record<string, string>> {
  if (key === undefined) return {};
  const bytes = new TextEncoder().encode(key);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

export const newTaskId = (): string =>
  `task(${[...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')})`;

const everyMs = 1000;

export interface Task {
  readonly taskId: string;
  readonly steps: number;
  /** The picture is there, or will never be. */
  readonly ended: AbortSignal;
}

/** Tells how far it is until it has `ended`; never resolves before. Rejects with `timed-out` when nothing moves any more. */
export async function watchTask(tools: DrawTools, { taskId, steps, ended }: Task): Promise<never> {
  let way: Way = 'internal';
  let seenPreview = -1;
  // What ends a pause is the task's end, not the person's cancel: that is looked after elsewhere.
  return watch<never>({ ...tools, signal: ended }, everyMs, async () => {
    const told = await (way === 'internal' ? internal(tools, taskId, seenPreview) : outside(tools));
    if (!told) {
      if (way === 'outside') await blind(tools, ended);
      way = 'outside';
      return { event: { phase: 'drawing', fraction: null, step: null, leftMs: null } };
    }
    seenPreview = numberOf(told['id_live_preview']) ?? seenPreview;
    return seen(told, steps);
  });
}

/** `internal` knows tasks by name, and which of them wait; it is missing with `--nowebui`. `outside` tells whatever is being drawn. */
type Way = 'internal' | 'outside';

const blindLimitMs = 60 * 60_000;

/** It tells nothing: sd-server's routes of this kind. */
async function blind(tools: DrawTools, ended: AbortSignal): Promise<never> {
  await tools.pause(blindLimitMs, ended);
  throw machineError(tools.machine.kind, 'timed-out', 'There was no picture in an hour.');
}

function seen(told: JsonObject, steps: number): Seen<never> {
  if (told['queued'] === true) return { event: { phase: 'queued', place: null, leftMs: null } };
  const fraction = numberOf(told['progress']) ?? 0;
  const etaSec = numberOf(told['eta']) ?? numberOf(told['eta_relative']);
  const step = numberOf(objectOf(told['state'])['sampling_step']) ?? Math.round(fraction * steps);
  const event: MachineEvent = {
    phase: 'drawing',
    fraction,
    step: Math.min(step, steps),
    leftMs: etaSec === undefined || fraction === 0 ? null : etaSec * 1000,
    ...previewOf(told['live_preview'] ?? told['current_image']),
  };
  return { event };
}

function previewOf(image: Json | undefined): { readonly preview?: Blob } {
  const bytes = fromBase64(textOf(image) ?? '');
  return bytes && bytes.length > 0 ? { preview: new Blob([bytes]) } : {};
}

async function internal(tools: AdapterTools, taskId: string, seenPreview = -1): Promise<JsonObject | null> {
  const json = { id_task: taskId, id_live_preview: seenPreview, live_preview: true };
  return told(tools, { path: '/internal/progress', method: 'POST', json });
}

const outside = (tools: AdapterTools) =>
  told(tools, { path: '/sdapi/v1/progress?skip_current_image=false', headers: basicAuth(tools.machine) });

/** Null where there is no such route. */
async function told(tools: AdapterTools, asked: Asked): Promise<JsonObject | null> {
  const answer = await askAny(tools, { ...asked, signal: neverAborts() });
  if (answer.status === 404 || answer.status === 405) return null;
  if (answer.status !== 200) throw statusError(tools.machine.kind, answer);
  return objectOf(readJson(tools, answer));
}

/** Of a task that still waits behind others. */
const maxWaitMs = 10 * 60_000;

/**
 * It can stop only what it draws. A task that waits is stopped as soon as its turn comes, which nobody waits for: until then nothing of other people's
 * is touched.
 */
export async function interrupt(tools: AdapterTools, taskId: string): Promise<void> {
  const told = await internal(tools, taskId).catch(() => null);
  if (told?.['queued'] === true) void interruptLater(tools, taskId).catch(() => undefined);
  else await stopNow(tools);
}

const stopNow = (tools: AdapterTools) =>
  ask(tools, {
    path: '/sdapi/v1/interrupt',
    method: 'POST',
    headers: basicAuth(tools.machine),
    signal: neverAborts(),
  });

async function interruptLater(tools: AdapterTools, taskId: string): Promise<void> {
  const untilMs = tools.now() + maxWaitMs;
  while (tools.now() < untilMs) {
    await tools.pause(everyMs, neverAborts());
    const told = await internal(tools, taskId);
    if (told?.['active'] === true) return void (await stopNow(tools));
    if (told?.['queued'] !== true) return;
  }
}
