import fc from 'fast-check';
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import { expect, test } from 'vitest';
import { stripFilm } from '../domain/recipe/carriers/strip-film.ts';
import { filmRecipeJson, parseFilmRecipeJson } from '../domain/recipe/film-recipe.ts';
import { projectOf } from '../testing/films.ts';
import { anyPrompt } from '../testing/recipes.ts';
import { readComment } from './webcodecs.ts';

/** A film of one frame that nobody could decode: what is told lies around it. */
async function filmWith(comment: string, format: Mp4OutputFormat | WebMOutputFormat) {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source, { frameRate: 24, maximumPacketCount: 1 });
  output.setMetadataTags({ comment });
  await output.start();
  const packet = new EncodedPacket(new Uint8Array(20), 'key', 0, 1 / 24);
  await source.add(packet, {
    decoderConfig: { codec: 'vp09.00.10.08', codedWidth: 64, codedHeight: 64 },
  });
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

const formats = [
  ['MP4', () => new Mp4OutputFormat({ fastStart: 'reserve' })],
  ['WebM', () => new WebMOutputFormat()],
] as const;

test.each(formats)(
  'any film’s recipe comes back whole from %s, and is gone where it was taken out',
  async (_name, format) => {
    await fc.assert(
      fc.asyncProperty(anyPrompt, anyPrompt, async (prompt, hero) => {
        const project = projectOf([prompt, hero], { hero });
        const json = filmRecipeJson(project, { id: 'tiny', revision: 'r1' }, 'Zoetrope 0.2.0');
        const film = await filmWith(json, format());
        const told = await readComment(new Blob([film]));
        expect(parseFilmRecipeJson(told!).project).toEqual(parseFilmRecipeJson(json).project);
        expect(await readComment(new Blob([stripFilm(film)]))).toBeNull();
      }),
    );
  },
);
