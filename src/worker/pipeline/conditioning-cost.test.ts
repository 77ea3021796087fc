/** What prompts that change cost: counted at the runtime, over the real engine and the miniature's graphs. */
import { expect, it } from 'vitest';
import type { GenerateParams } from '../../engine/protocol.ts';
import { settings, testEngine, wasm } from '../../testing/engine-rig.ts';
import type { HostTensor, Runtime } from '../runtime/runtime.ts';

const steps = 6;
const asked = { encodings: [] as string[], conditionings: [] as HostTensor[], decodings: 0 };

/** Notes what it is asked. */
async function watched(): Promise<Runtime> {
  const runtime = await wasm();
  return {
    ...runtime,
    createSession: async (graph, options) => {
      const session = await runtime.createSession(graph, options);
      return {
        ...session,
        run: (feeds, fetch) => {
          const { input_ids: ids, encoder_hidden_states: states } = feeds;
          if (ids) asked.encodings.push(String(ids.data));
          else if (states) asked.conditionings.push(states);
          else asked.decodings++;
          return session.run(feeds, fetch);
        },
      };
    },
  };
}

/** One for all: what it remembers of other stories are other words. */
const engine = testEngine({ open: watched });

async function cost(picture: Partial<GenerateParams>) {
  Object.assign(asked, { encodings: [], conditionings: [], decodings: 0 });
  await engine.generate(picture);
  const { encodings, conditionings, decodings } = asked;
  return {
    encodings: encodings.length,
    encodedTwice: encodings.length - new Set(encodings).size,
    calls: conditionings.length,
    tensors: new Set(conditionings).size,
    batch: conditionings[0]!.dims[0],
    decodings,
  };
}

const small = { ...settings, width: 32, height: 32, steps, negativePrompt: '' };
const of = (prompt: string, more: Partial<GenerateParams['settings']> = {}) => ({
  settings: { ...small, prompt, ...more },
});

it('an empty negative prompt is encoded once and for all', async () => {
  expect(await cost(of('a boat'))).toMatchObject({ encodings: 2 });
  expect(await cost(of('a lake'))).toMatchObject({ encodings: 1 });
});

it.each([
  ['does not change', 'a cat', { encodings: 1, tensors: 1, batch: 2 }],
  ['changes once', 'one [cat:dog:0.5]', { encodings: 2, tensors: 2, batch: 2 }],
  ['changes twice, to what it was', 'two [cat:[dog:cat:4]:2]', { encodings: 2, tensors: 2, batch: 2 }],
  ['takes turns', 'three [cat|dog|fox]', { encodings: 3, tensors: 3, batch: 2 }],
  ['takes turns of the same', 'four [cat|cat]', { encodings: 1, tensors: 1, batch: 2 }],
  ['is two at once', 'five cat AND five dog :0.5', { encodings: 2, tensors: 1, batch: 3 }],
  ['is two, of which one changes', 'six cat AND six [dog:fox:3]', { encodings: 3, tensors: 2, batch: 3 }],
])('a prompt that %s: every text is encoded once, each step is one call', async (_, prompt, expected) => {
  const found = await cost(of(prompt));
  expect(found).toEqual({ ...expected, encodedTwice: 0, calls: steps, decodings: 1 });
});

it('the next picture encodes only what is new', async () => {
  const prompts = ['seven [cat|dog]', 'seven [cat|dog]', 'seven [cat|fox]', 'seven fox'];
  const encodings: number[] = [];
  for (const prompt of prompts) encodings.push((await cost(of(prompt))).encodings);
  expect(encodings).toEqual([2, 0, 1, 0]);
});

it('a negative prompt that changes costs as much as a prompt that does, and nothing without guidance', async () => {
  const negativePrompt = '[text:words:3]';
  expect(await cost(of('eight', { negativePrompt }))).toMatchObject({
    encodings: 3,
    tensors: 2,
    calls: steps,
  });
  const free = await cost(of('nine', { negativePrompt: '[text:nine:3]', guidanceScale: 1 }));
  expect(free).toMatchObject({ encodings: 1, tensors: 1, calls: steps, batch: 1 });
});

it('a sampler that asks twice a step asks no more of the text encoder', async () => {
  const found = await cost(of('ten [cat:dog:0.5]', { sampler: 'heun' }));
  expect(found).toMatchObject({ encodings: 2, tensors: 2, calls: 2 * steps - 1 });
});

it('what lies between two prompts is mixed once for each pair of texts', async () => {
  const morph = { prompt: 'eleven [dog:fox:0.5]', negativePrompt: '', seed: 9, amount: 0.5 };
  const found = await cost({ ...of('eleven cat'), morph });
  expect(found).toMatchObject({ encodings: 3, encodedTwice: 0, tensors: 2, calls: steps });
});

it('a prompt of two chunks is the same two values in every step', async () => {
  const found = await cost(of(`${'a '.repeat(80)}twelve`));
  expect(found).toMatchObject({ encodings: 2, encodedTwice: 0, tensors: found.calls / steps });
});
