import { expect, test } from 'vitest';
import { abortError } from '../../engine/rpc.ts';
import { createConsent } from './consent.ts';
import { connectEmbedder } from './embedding.ts';
import { ZoetropeError, type Zoetrope } from './script-api.ts';

const zoetrope: Zoetrope = {
  generate: ({ prompt }, { signal, onProgress } = {}) => {
    if (prompt === '') return Promise.reject(new ZoetropeError(422, 'prompt: too short'));
    onProgress?.({ state: 'running', step: 1, steps: 2, etaSec: 1 });
    if (prompt === 'quick') return Promise.resolve({ image: new Blob(['png']), fileName: 'a.png', seed: 1 });
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(abortError())));
  },
  inpaint: () => Promise.reject(new Error('not for this test')),
  upscale: () => Promise.reject(new Error('not for this test')),
  generateVideo: () => Promise.reject(new Error('not for this test')),
  videoInfo: () => Promise.reject(new Error('not for this test')),
  status: () => Promise.reject(new Error('not for this test')),
};

function connect(origin: string) {
  let asked: string | null = null;
  const consent = createConsent((origin) => (asked = origin));
  const { port1, port2 } = new MessageChannel();
  const told: Record<string, unknown>[] = [];
  port1.onmessage = ({ data }) => told.push(data as Record<string, unknown>);
  const mayConnect = (asked: string) => consent.mayConnect(asked);
  const done = connectEmbedder({ zoetrope, ownOrigin: 'https://own.test', mayConnect }, origin, port2);
  const close = () => [port1, port2].forEach((port) => port.close());
  return {
    consent,
    asked: () => asked,
    told,
    done,
    send: (message: object) => port1.postMessage(message),
    close,
  };
}

test('another origin is let in once the person has allowed it', async () => {
  const { consent, asked, told, done, send, close } = connect('https://other.test');
  expect(asked()).toBe('https://other.test');
  send({ type: 'call', id: 1, name: 'generate', fields: { prompt: 'quick' } });
  expect(told).toEqual([]);
  consent.answer(true);
  await done;
  await expect.poll(() => told.map(({ type }) => type)).toEqual(['connected', 'progress', 'result']);
  expect(told[2]).toMatchObject({ id: 1, result: { seed: 1 } });
  close();
});

test('an origin that was refused hears so, and nothing that it asks is done', async () => {
  const { consent, told, done, send, close } = connect('https://other.test');
  send({ type: 'call', id: 1, name: 'generate', fields: { prompt: 'quick' } });
  consent.answer(false);
  await done;
  await expect.poll(() => told).toEqual([{ type: 'refused' }]);
  close();
});

test('the own origin is not asked about; errors and cancels are told as plain data', async () => {
  const { asked, told, done, send, close } = connect('https://own.test');
  await done;
  expect(asked()).toBeNull();
  send({ type: 'call', id: 1, name: 'generate', fields: { prompt: '' } });
  send({ type: 'call', id: 2, name: 'generate', fields: { prompt: 'slow' } });
  send({ type: 'call', id: 3, name: 'toString' });
  send({ type: 'cancel', id: 2 });
  await expect.poll(() => told.filter(({ type }) => type === 'error')).toHaveLength(3);
  expect(told).toContainEqual({ type: 'error', id: 1, status: 422, detail: 'prompt: too short' });
  expect(told).toContainEqual({ type: 'error', id: 2, status: 499, detail: 'Client Closed Request' });
  expect(told).toContainEqual({ type: 'error', id: 3, status: 404, detail: 'Not Found' });
  close();
});

test('the person is asked about one origin at a time, and once about each', async () => {
  let asked: string | null = null;
  const consent = createConsent((origin) => (asked = origin));
  const answers = ['https://a.test', 'https://b.test', 'https://a.test'].map((o) => consent.mayConnect(o));
  expect(asked).toBe('https://a.test');
  consent.answer(true);
  expect(asked).toBe('https://b.test');
  consent.answer(false);
  expect(asked).toBeNull();
  expect(await Promise.all(answers)).toEqual([true, false, true]);
  expect(await consent.mayConnect('https://b.test')).toBe(false);
});
