import type { MachineKind } from '../domain/machine.ts';
import type { Adapter } from './asking/adapter.ts';

/** Each is fetched when a machine of its kind is first asked for something. */
const adapters: Readonly<Record<MachineKind, () => Promise<{ readonly default: Adapter }>>> = {
  zoetrope: () => import('./adapters/zoetrope.ts'),
  'sd-server': () => import('./adapters/sd-server.ts'),
  a1111: () => import('./adapters/a1111.ts'),
  fastapi: () => import('./adapters/fastapi.ts'),
  horde: () => import('./adapters/horde.ts'),
};

export const adapterFor = async (kind: MachineKind): Promise<Adapter> => (await adapters[kind]()).default;
