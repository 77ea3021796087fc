/** `POST /pair` of another Zoetrope (`server/admission.ts`). */
import type { AdapterTools } from './asking/adapter.ts';
import { askJson } from './asking/ask.ts';
import { objectOf, textOf } from './asking/json.ts';
import { machineError } from './asking/trouble.ts';

/** Throws as `askJson`: `machine-refused` for a wrong code, `machine-busy` after too many, with the time to wait. */
export async function pair(tools: AdapterTools, code: string): Promise<string> {
  const { token } = objectOf(await askJson(tools, { path: '/pair', method: 'POST', json: { code } }));
  const text = textOf(token);
  if (text !== undefined && /^[\w-]{16,200}$/.test(text)) return text;
  throw machineError(tools.machine.kind, 'machine-answer', 'The machine let in, and told no token.');
}
