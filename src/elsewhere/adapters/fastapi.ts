/** The service that Zoetrope succeeds: one request, held until the picture is there. It tells nothing on the way. */
import type { MachineDraw, MachinePicture } from '../../engine/machine-protocol.ts';
import type { Adapter, DrawTools } from '../asking/adapter.ts';
import { askJson } from '../asking/ask.ts';
import { whenFree } from '../asking/patience.ts';
import { contractCapabilities, contractPicture, contractRequest } from './contract.ts';

/** It may be drawing on a CPU. */
const drawLimitMs = 60 * 60_000;

const adapter: Adapter = {
  capabilities: (tools) => contractCapabilities(tools, {}),
  draw: (draw, tools) => drawHeld(draw, tools),
};
export default adapter;

async function drawHeld(draw: MachineDraw, tools: DrawTools): Promise<MachinePicture> {
  const { can } = await whenFree(tools, () => contractCapabilities(tools, {}));
  const json = contractRequest(draw, can);
  tools.onEvent({ phase: 'sending' });
  const beganMs = tools.now();
  tools.onEvent({ phase: 'drawing', fraction: null, step: null, leftMs: null });
  // Closing the request is the only way to cancel that it has.
  const answer = await whenFree(tools, () =>
    askJson(tools, { path: '/generate', method: 'POST', json, limitMs: drawLimitMs }),
  );
  return contractPicture(tools, draw, answer, tools.now() - beganMs);
}
