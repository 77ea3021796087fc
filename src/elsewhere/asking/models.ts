import type { MachineModel } from '../../engine/machine-protocol.ts';

/** Models are told by their names only; the family that a name speaks of tells the size that it was trained at. */
function nativeSide(name: string): number {
  if (
    /xl|pony|illustrious|noob|flux|sd ?3|stable.?diffusion.?3|cascade|qwen|z.?image|sana|hidream/i.test(name)
  ) {
    return 1024;
  }
  return /768|(^|[^\d])2\.[01]|stable.?diffusion.?2(?!\d)/i.test(name) ? 768 : 512;
}

export const machineModel = (id: string, name = id, revision = ''): MachineModel => ({
  id,
  name,
  revision,
  nativeSide: nativeSide(name),
});
