/** What other programs' texts tell. One reader a tongue; which one it is, the content says. */
import type { CarriedText } from './carried.ts';
import { readBarePrompt, readWebUi } from './tongues/a1111.ts';
import { readComfy } from './tongues/comfy.ts';
import { readDescription } from './tongues/description.ts';
import { readDrawThings } from './tongues/draw-things.ts';
import { readEasyDiffusion } from './tongues/easy-diffusion.ts';
import { readFooocus } from './tongues/fooocus.ts';
import { readHorde } from './tongues/horde.ts';
import { readInvoke } from './tongues/invoke.ts';
import { readNovelAi } from './tongues/novelai.ts';
import { readSwarm } from './tongues/swarm.ts';
import type { RestoredSettings } from './told.ts';

export type ReadTongue = (texts: readonly CarriedText[]) => RestoredSettings | null;

/** In order: forms that cannot be taken for another come first. The web UI's is a text that anyone may write, so its own JSON kin precede it. */
const tongues: readonly ReadTongue[] = [
  readSwarm,
  readInvoke,
  readDrawThings,
  readNovelAi,
  readFooocus,
  readHorde,
  readWebUi,
  readComfy,
  readEasyDiffusion,
  readDescription,
  readBarePrompt,
];

/** Null when no tongue is recognised. Never throws. */
export function readTold(texts: readonly CarriedText[]): RestoredSettings | null {
  for (const read of tongues) {
    const told = read(texts);
    if (told) return told;
  }
  return null;
}

/** Everything that the file says, for people to read as it stands. */
export function wholeText(texts: readonly CarriedText[]): string {
  const [only, ...others] = texts;
  if (only && others.length === 0) return only.text;
  return texts.map(({ key, text }) => `${key}:\n${text}`).join('\n\n');
}
