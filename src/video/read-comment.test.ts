import { expect, test } from 'vitest';
import { readComment } from './webcodecs.ts';

/** A frame of 16 × 16 in VP8, its comment named as ffmpeg names it after copying a file of mediabunny's (`ffmpeg -i film.webm -c copy`). */
const copied = Buffer.from(
  [
    'GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZwEAAAAAAAHQEU2bdLpNu4tTq4QVSalmU6yBoU27i1OrhBZU',
    'rmtTrIHGTbuMU6uEElTDZ1OsggEMTbuMU6uEHFO7a1OsggG67AEAAAAAAABZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmoCrXsYMPQkBNgIRM',
    'YXZmV0GETGF2ZkSJiEBZAAAAAAAAFlSua8GuAQAAAAAAADjXgQFzxYgAAAAAAAAAAZyBACK1nIN1bmSIgQCGhVZfVlA4g4EBI+OD',
    'hAX14QDgibCBELqBEJqBAhJUw2f8c3OoY8CAZ8iiRaONTU9WSUUvQ09NTUVOVESHj3sia2luZCI6ImZpbG0ifXNzzmPAi2PFiAAA',
    'AAAAAAABZ8iYRaOHRU5DT0RFUkSHi0xhdmMgbGlidnB4Z8iiRaOIRFVSQVRJT05Eh5QwMDowMDowMC4xMDAwMDAwMDAAAB9DtnWo',
    '54EAo6OBAACAEAIAnQEqEAAQAABHCIWFiIWEiAICAAwNYAD+/6tQgBxTu2uRu4+zgQC3iveBAfGCAY3wgQM=',
  ].join(''),
  'base64',
);

test('the comment of a WebM is found under the name that a copy gives it', async () => {
  expect(await readComment(new Blob([copied]))).toBe('{"kind":"film"}');
});

test('what is no film is told', async () => {
  await expect(readComment(new Blob(['no film']))).rejects.toMatchObject({ code: 'file-corrupt' });
});
