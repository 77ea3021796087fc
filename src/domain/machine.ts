/** Other machines that can draw, as far as pure code knows of them. */

/** What speaks there. `fastapi`: the service that the API's contract comes from. */
export const machineKinds = ['zoetrope', 'sd-server', 'a1111', 'fastapi', 'horde'] as const;
export type MachineKind = (typeof machineKinds)[number];

/** Proper names: the same in every language. */
const names: Readonly<Record<MachineKind, string>> = {
  zoetrope: 'Zoetrope',
  'sd-server': 'stable-diffusion.cpp',
  a1111: 'AUTOMATIC1111',
  fastapi: 'FastAPI',
  horde: 'AI Horde',
};

/** Of a kind that a later version knows, its own. */
export const machineName = (kind: string): string =>
  Object.hasOwn(names, kind) ? names[kind as MachineKind] : kind;

/** What a machine said, or why it said nothing, beside what an error's code tells. */
export interface MachineTrouble {
  readonly kind: MachineKind;
  /** In the machine's own words, as it sent them, at most some hundred characters. */
  readonly said?: string;
  readonly retryAfterSec?: number;
  /**
   * Why the browser got no answer. `cors`: the server is there, and does not let pages of this origin read it. `local-network`: the browser was
   * not allowed to ask in the local network. `insecure`: a page that came over https may not ask over http. `gone`: nothing answers there, or
   * the connection was cut.
   */
  readonly why?: 'cors' | 'local-network' | 'insecure' | 'gone';
}

/** Names a model of another machine among those that can be chosen. */
export const machineModelId = (machineId: string, model: string): string => `elsewhere:${machineId}:${model}`;

/** The other way; null for every other model. */
export function readMachineModelId(
  id: string,
): { readonly machineId: string; readonly model: string } | null {
  const [, machineId, model] = /^elsewhere:([^:]+):(.*)$/s.exec(id) ?? [];
  return machineId === undefined || model === undefined ? null : { machineId, model };
}
