/** Another Zoetrope on the network, with which this one was paired: the same contract, as jobs. */
import type { MachineAddress, MachineDraw, MachinePicture } from '../../engine/machine-protocol.ts';
import type { Adapter, DrawTools } from '../asking/adapter.ts';
import { ask, askAny, readJson } from '../asking/ask.ts';
import { numberOf, objectOf, textOf, type JsonObject } from '../asking/json.ts';
import { watch, whenFree, type Seen } from '../asking/patience.ts';
import { neverAborts, stoppable } from '../asking/signals.ts';
import { machineError, statusError } from '../asking/trouble.ts';
import { contractCapabilities, contractPicture, contractRequest } from './contract.ts';

const adapter: Adapter = {
  capabilities: async (tools) => {
    const told = await contractCapabilities(tools, headersFor(tools.machine));
    return { ...told, can: [...told.can, 'cancel'] };
  },
  draw: (draw, tools) => drawAsJob(draw, tools),
};
export default adapter;

/** The hop keeps two of them from asking each other for ever. */
const headersFor = ({ key }: MachineAddress): Readonly<Record<string, string>> => ({
  'X-Zoetrope-Hop': '1',
  ...(key !== undefined && { Authorization: `Bearer ${key}` }),
});

const everyMs = 1000;

async function drawAsJob(draw: MachineDraw, tools: DrawTools): Promise<MachinePicture> {
  const headers = headersFor(tools.machine);
  const { can } = await whenFree(tools, () => contractCapabilities(tools, headers));
  tools.onEvent({ phase: 'sending' });
  const beganMs = tools.now();
  const json = contractRequest(draw, can);
  // Once it is sent, its name must be known, or it could not be stopped.
  const job = whenFree(tools, () => submit(tools, json));
  const stop = async () =>
    ask(tools, { path: `/jobs/${await job}`, method: 'DELETE', headers, signal: neverAborts() });
  const work = job.then((id) => watch(tools, everyMs, () => look(tools, id)));
  const answer = await stoppable(work, tools.signal, stop);
  return contractPicture(tools, draw, answer, tools.now() - beganMs);
}

async function submit(tools: DrawTools, json: JsonObject): Promise<string> {
  const { machine } = tools;
  const headers = { ...headersFor(machine), Prefer: 'respond-async' };
  const answer = await ask(tools, {
    path: '/generate',
    method: 'POST',
    json,
    headers,
    signal: neverAborts(),
  });
  const id = textOf(objectOf(readJson(tools, answer))['id']);
  if (answer.status === 202 && id !== undefined && /^[\w-]+$/.test(id)) return id;
  throw machineError(machine.kind, 'machine-answer', 'The server took the job and did not name it.');
}

async function look(tools: DrawTools, id: string): Promise<Seen<Awaited<ReturnType<typeof readJson>>>> {
  const headers = headersFor(tools.machine);
  const job = objectOf(readJson(tools, await ask(tools, { path: `/jobs/${id}`, headers })));
  const { state, detail } = job;
  switch (textOf(state)) {
    case 'done':
      tools.onEvent({ phase: 'receiving' });
      return { end: await result(tools, id) };
    case 'queued':
      return { event: { phase: 'queued', place: null, leftMs: null } };
    case 'running':
      return { event: drawing(job) };
    case undefined:
    default: {
      const said = textOf(detail);
      const message = `The job ended as ${textOf(state) ?? 'nothing that is known'}.`;
      throw machineError(tools.machine.kind, 'machine-failed', message, said === undefined ? {} : { said });
    }
  }
}

function drawing({ step: told, steps: toldSteps, eta_seconds: etaSec }: JsonObject) {
  const [step, steps, leftSec] = [numberOf(told), numberOf(toldSteps), numberOf(etaSec)];
  return {
    phase: 'drawing',
    fraction: step !== undefined && steps ? step / steps : null,
    step: step ?? null,
    leftMs: leftSec === undefined ? null : leftSec * 1000,
  } as const;
}

async function result(tools: DrawTools, id: string) {
  const answer = await askAny(tools, { path: `/jobs/${id}/result`, headers: headersFor(tools.machine) });
  if (answer.status !== 200) throw statusError(tools.machine.kind, answer);
  return readJson(tools, answer);
}
