import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startHub, type HubServer } from '../../testing/hub/server.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { fakeNavigator, fastClock, newRecords } from '../../testing/fake-browser.ts';
import { memorySink } from './byte-sink.ts';
import { contentWriter } from './content-writer.ts';
import { chunkBytes, readRecord, storedBytes } from './content.ts';
import { fetchFile } from './fetch-file.ts';
import { fileUrl } from './hub.ts';

const repository = 'owner/name';
const path = 'unet/model.onnx';
const content = randomBytes(3 * 2 ** 20 + 17);
const source: SourceFile = {
  path,
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};
const unhashed: SourceFile = { path, sizeBytes: content.length };

let hub: HubServer;
let url: string;
let clock: ReturnType<typeof fastClock>;
let endFaults: (() => void)[] = [];

beforeAll(async () => {
  hub = await startHub();
  const revision = hub.publish(repository, { files: new Map([[path, content]]) });
  url = fileUrl({ hubUrl: hub.hubUrl, repository, revision }, path);
});
afterAll(() => hub.close());
beforeEach(() => {
  fakeNavigator();
  clock = fastClock();
});
afterEach(() => {
  for (const end of endFaults) end();
  endFaults = [];
  vi.unstubAllGlobals();
});

const fault = (...args: Parameters<HubServer['fault']>) => endFaults.push(hub.fault(...args));
const rangesSince = (from: number) =>
  hub.requests.slice(from).flatMap(({ at, range }) => (at === 'bytes' ? [range] : []));

async function fetchIntoMemory(from: SourceFile = source, signal = new AbortController().signal) {
  const sink = memorySink(from);
  await fetchFile(url, from, sink, { fetch, clock, signal });
  return Buffer.from(sink.bytes);
}

const failure = (code: string, words = /./) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string }) as Error;

describe('what goes well', () => {
  test('every byte arrives, and progress is told up to the last', async () => {
    const lengths: number[] = [];
    const sink = memorySink(source);
    const signal = new AbortController().signal;
    await fetchFile(url, source, sink, { fetch, clock, signal, onLength: (n) => lengths.push(n) });
    expect(Buffer.from(sink.bytes).equals(content)).toBe(true);
    expect(lengths[0]).toBe(0);
    expect(lengths.at(-1)).toBe(content.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });

  test('an empty file is a file', async () => {
    const sha256 = createHash('sha256').digest('hex');
    expect(await fetchIntoMemory({ path, sizeBytes: 0, sha256 })).toHaveLength(0);
  });
});

describe('connections that break', () => {
  test('a dropped connection goes on where it was, by Range', async () => {
    fault({ at: 'bytes', times: 2, does: { kind: 'drop', afterBytes: 1_000_000 } });
    const before = hub.requests.length;
    expect((await fetchIntoMemory()).equals(content)).toBe(true);
    const [first, second, third] = rangesSince(before);
    expect(first).toBeNull();
    const offsets = [second, third].map((range) => Number(/\d+/.exec(range!)![0]));
    expect(offsets[0]).toBeGreaterThan(0);
    expect(offsets[1]).toBeGreaterThan(offsets[0]!);
  });

  test('429 and 5xx are tried again, after longer and longer waits', async () => {
    fault({ at: 'resolve', times: 1, does: { kind: 'status', status: 503 } });
    fault({ at: 'bytes', times: 2, does: { kind: 'status', status: 429 } });
    expect((await fetchIntoMemory()).equals(content)).toBe(true);
    expect(clock.waitsMs).toEqual([1000, 2000, 4000]);
  });

  test('Retry-After is respected', async () => {
    fault({
      at: 'bytes',
      times: 1,
      does: {
        kind: 'status',
        status: 429,
        headers: { 'retry-after': '7', 'access-control-expose-headers': '*' },
      },
    });
    await fetchIntoMemory();
    expect(clock.waitsMs).toEqual([7000]);
  });

  test('a server that never recovers is given up after six tries', async () => {
    fault({ at: 'bytes', does: { kind: 'status', status: 500 } });
    const before = hub.requests.length;
    await expect(fetchIntoMemory()).rejects.toThrow(failure('download-failed', /500/));
    expect(rangesSince(before)).toHaveLength(6);
  });

  test('no network is told at once', async () => {
    fakeNavigator({ onLine: false });
    fault({ at: 'bytes', does: { kind: 'hang-up' } });
    await expect(fetchIntoMemory()).rejects.toThrow(failure('offline'));
    expect(clock.waitsMs).toEqual([]);
  });

  test('a connection that goes silent is left and begun again', async () => {
    fault({ at: 'bytes', times: 1, does: { kind: 'silence', afterBytes: 1_000_000 } });
    const sink = memorySink(source);
    let nowMs = 0;
    let wake: () => void = () => undefined;
    const patient = {
      now: () => nowMs,
      sleep: (ms: number, signal: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          if (ms < 30_000) return resolve();
          wake = resolve;
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        }),
    };
    const done = fetchFile(url, source, sink, {
      fetch,
      clock: patient,
      signal: new AbortController().signal,
      onLength: (length) => {
        if (length !== 1_000_000) return;
        nowMs = 60_000;
        wake();
      },
    });
    await done;
    expect(Buffer.from(sink.bytes).equals(content)).toBe(true);
  });

  test('a cancel stops it, and is no error', async () => {
    const controller = new AbortController();
    hub.speed(500_000);
    const sink = memorySink(source);
    const done = fetchFile(url, source, sink, {
      fetch,
      clock,
      signal: controller.signal,
      onLength: (length) => length > 0 && controller.abort(),
    });
    await expect(done).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
    hub.speed(null);
    expect(sink.length()).toBeLessThan(content.length);
  });
});

describe('what never becomes a model', () => {
  test.each([
    ['a web page', { kind: 'html' }, /web page/],
    ['a short body', { kind: 'short' }, /ended after/],
    ['a long body', { kind: 'long' }, /instead of/],
    ['a wrong byte', { kind: 'wrong' }, /has the hash/],
  ] as const)('%s', async (_name, does, words) => {
    fault({ at: 'bytes', does });
    await expect(fetchIntoMemory()).rejects.toThrow(failure('file-corrupt', words));
  });

  test('a long body is noticed even when its length is not told', async () => {
    const longer = Buffer.concat([content, Buffer.from('more')]);
    const hidden = () => Promise.resolve(new Response(new Blob([longer])));
    const sink = memorySink(source);
    const options = { fetch: hidden, clock, signal: new AbortController().signal };
    await expect(fetchFile(url, source, sink, options)).rejects.toThrow(failure('file-corrupt', /longer/));
  });

  test('small files are checked against git’s own hash', async () => {
    const oid = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    await expect(fetchIntoMemory({ ...unhashed, gitOid: oid })).resolves.toBeInstanceOf(Buffer);
    const wrong = { ...unhashed, gitOid: oid.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    await expect(fetchIntoMemory(wrong)).rejects.toThrow(failure('file-corrupt'));
  });
});

describe('doors that are shut', () => {
  test.each([
    [401, 'hub-gated'],
    [403, 'hub-gated'],
    [404, 'hub-not-found'],
    [410, 'hub-not-found'],
    [400, 'download-failed'],
  ])('%i is %s, without a second try', async (status, code) => {
    fault({ at: 'resolve', does: { kind: 'status', status } });
    await expect(fetchIntoMemory()).rejects.toThrow(failure(code));
    expect(clock.waitsMs).toEqual([]);
  });
});

describe('a file that changes while it is fetched', () => {
  const other = randomBytes(content.length);
  test('is begun again, so that it is never half one and half the other', async () => {
    fault({ at: 'bytes', times: 1, does: { kind: 'drop', afterBytes: 1_000_000 } });
    fault({ at: 'bytes', times: 99, does: { kind: 'changed', content: other } });
    expect((await fetchIntoMemory(unhashed)).equals(other)).toBe(true);
  });

  test('is begun again when it became shorter than what is there', async () => {
    fault({ at: 'bytes', times: 1, does: { kind: 'drop', afterBytes: 1_000_000 } });
    fault({ at: 'bytes', times: 1, does: { kind: 'changed', content: other.subarray(0, 10) } });
    expect((await fetchIntoMemory()).equals(content)).toBe(true);
  });

  test('is begun again by servers that know no ranges', async () => {
    fault({ at: 'bytes', times: 1, does: { kind: 'drop', afterBytes: 1_000_000 } });
    fault({ at: 'bytes', times: 1, does: { kind: 'no-ranges' } });
    expect((await fetchIntoMemory()).equals(content)).toBe(true);
  });
});

describe('into storage', () => {
  const large = randomBytes(chunkBytes * 2 + 5000);
  const largeSource: SourceFile = {
    path: 'large',
    sizeBytes: large.length,
    sha256: createHash('sha256').update(large).digest('hex'),
  };
  let largeUrl: string;
  beforeAll(() => {
    const revision = hub.publish('owner/large', { files: new Map([['large', large]]) });
    largeUrl = fileUrl({ hubUrl: hub.hubUrl, repository: 'owner/large', revision }, 'large');
  });

  test('after a restart it goes on behind the last whole chunk', async () => {
    const records = newRecords();
    const first = new AbortController();
    const stopped = fetchFile(largeUrl, largeSource, await contentWriter(records, 'k', largeSource), {
      fetch,
      clock,
      signal: first.signal,
      onLength: (length) => length > chunkBytes + 100_000 && first.abort(),
    });
    await expect(stopped).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
    expect(storedBytes((await readRecord(records, 'k'))!)).toBe(chunkBytes);

    const before = hub.requests.length;
    const signal = new AbortController().signal;
    await fetchFile(largeUrl, largeSource, await contentWriter(records, 'k', largeSource), {
      fetch,
      clock,
      signal,
    });
    expect(rangesSince(before)).toEqual([`bytes=${chunkBytes}-`]);
    expect((await readRecord(records, 'k'))!.sha256).toBe(largeSource.sha256);
  });

  test('a chunk that was damaged meanwhile is fetched again', async () => {
    const records = newRecords();
    const first = new AbortController();
    const stopped = fetchFile(largeUrl, largeSource, await contentWriter(records, 'k', largeSource), {
      fetch,
      clock,
      signal: first.signal,
      onLength: (length) => length > chunkBytes * 2 && first.abort(),
    });
    await expect(stopped).rejects.toThrow();
    await records.setMany([['chunk:k:00001', new ArrayBuffer(chunkBytes)]]);
    const before = hub.requests.length;
    const signal = new AbortController().signal;
    await fetchFile(largeUrl, largeSource, await contentWriter(records, 'k', largeSource), {
      fetch,
      clock,
      signal,
    });
    expect(rangesSince(before)).toEqual([`bytes=${chunkBytes}-`]);
    expect((await readRecord(records, 'k'))!.sha256).toBe(largeSource.sha256);
  });

  test('a wrong hash leaves nothing behind', async () => {
    const records = newRecords();
    fault({ at: 'bytes', does: { kind: 'wrong' } });
    const signal = new AbortController().signal;
    const done = fetchFile(largeUrl, largeSource, await contentWriter(records, 'k', largeSource), {
      fetch,
      clock,
      signal,
    });
    await expect(done).rejects.toThrow(failure('file-corrupt'));
    expect(await records.keys('')).toEqual([]);
  });
});
