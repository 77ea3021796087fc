import { describe, expect, it } from 'vitest';
import { AppError } from '../domain/errors.ts';
import {
  rpcClient,
  serve,
  yieldToEvents,
  type CallHandlers,
  type FromWorker,
  type ScopeLike,
  type ToWorker,
  type WorkerLike,
} from './rpc.ts';

interface Calls {
  add: { params: readonly [number, number]; event: never; result: number };
  count: { params: number; event: number; result: 'done' };
  fail: { params: unknown; event: never; result: never };
  wait: { params: null; event: never; result: null };
}

type Listener = (event: { data?: unknown; message?: string }) => void;

/** Both ends in this thread; messages are cloned and take a turn of the event loop, as between threads. */
function connect(handlers: CallHandlers<Calls>) {
  const listeners: Record<string, Listener[]> = { message: [], error: [], messageerror: [] };
  const inWorker: ((event: { data: unknown }) => void)[] = [];
  const sent: ToWorker[] = [];
  const answers: FromWorker[] = [];
  const crashes: AppError[] = [];
  let terminated = 0;
  const deliver = (message: unknown, receivers: readonly ((event: { data: unknown }) => void)[]) => {
    const data: unknown = structuredClone(message);
    setImmediate(() => receivers.forEach((receive) => receive({ data })));
  };
  const scope: ScopeLike = {
    addEventListener: (_type, listener) => inWorker.push(listener),
    postMessage: (message) => {
      answers.push(message);
      deliver(message, listeners['message']!);
    },
  };
  const worker: WorkerLike = {
    postMessage: (message: ToWorker) => {
      deliver(message, inWorker);
      sent.push(message);
    },
    terminate: () => void (terminated += 1),
    addEventListener: (type, listener) => listeners[type]!.push(listener),
  };
  serve<Calls>(scope, handlers);
  const client = rpcClient<Calls>(worker, (error) => crashes.push(error));
  const fire = (type: string, message?: string) =>
    listeners[type]!.forEach((listener) => listener(message === undefined ? {} : { message }));
  return { client, sent, answers, crashes, fire, terminated: () => terminated };
}

function held() {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  return { gate, release: () => release() };
}

const handlers: CallHandlers<Calls> = {
  add: ([a, b]) => Promise.resolve(a + b),
  count: (to, context) => {
    for (let i = 1; i <= to; i++) context.emit(i);
    return Promise.resolve('done');
  },
  fail: () => Promise.reject(new AppError('bad-input', 'no such size', { field: 'width' })),
  wait: () => new Promise(() => undefined),
};

describe('a call', () => {
  it('answers with its result', async () => {
    const { client } = connect(handlers);
    expect(await client.call('add', [2, 3])).toBe(5);
  });

  it('tells its events in order, all of them before the result', async () => {
    const { client } = connect(handlers);
    const events: number[] = [];
    await client.call('count', 4, { onEvent: (event) => events.push(event) });
    expect(events).toEqual([1, 2, 3, 4]);
  });

  it('gets exactly one terminal answer, also when it emits and fails', async () => {
    const { client, answers } = connect({
      ...handlers,
      count: (_to, context) => {
        context.emit(1);
        return Promise.reject(new Error('no'));
      },
    });
    await expect(client.call('count', 1)).rejects.toThrow('no');
    expect(answers.map(({ type }) => type)).toEqual(['event', 'error']);
  });

  it('keeps code, message and field of an error', async () => {
    const { client } = connect(handlers);
    const error = await client.call('fail', {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'bad-input', message: 'no such size', field: 'width' });
  });

  it('tells an error of no known kind as internal', async () => {
    const { client } = connect({ ...handlers, fail: () => Promise.reject(new TypeError('x is not y')) });
    await expect(client.call('fail', {})).rejects.toMatchObject({
      code: 'internal',
      message: 'TypeError: x is not y',
    });
  });

  it('that fails at once, without a promise, is answered too', async () => {
    const { client } = connect({
      ...handlers,
      add: () => {
        throw new AppError('offline', 'no net');
      },
    });
    await expect(client.call('add', [1, 1])).rejects.toMatchObject({ code: 'offline' });
  });

  it('with what cannot be sent fails alone', async () => {
    const { client } = connect(handlers);
    await expect(client.call('fail', () => 'a function')).rejects.toMatchObject({ name: 'DataCloneError' });
    expect(await client.call('add', [1, 2])).toBe(3);
  });

  it('does not mix its answers with those of others', async () => {
    const first = held();
    const { client } = connect({
      ...handlers,
      add: async ([a, b]) => {
        if (a === 1) await first.gate;
        return a + b;
      },
    });
    const slow = client.call('add', [1, 1]);
    expect(await client.call('add', [2, 2])).toBe(4);
    first.release();
    expect(await slow).toBe(2);
  });
});

describe('a cancel', () => {
  it('rejects only once the worker has stopped', async () => {
    const stopped = held();
    let heard = false;
    const { client } = connect({
      ...handlers,
      wait: async (_params, { signal }) => {
        while (!signal.aborted) await yieldToEvents();
        heard = true;
        await stopped.gate;
        throw signal.reason;
      },
    });
    const controller = new AbortController();
    let settled = false;
    const call = client.call('wait', null, { signal: controller.signal }).finally(() => (settled = true));
    controller.abort();
    while (!heard) await yieldToEvents();
    for (let turn = 0; turn < 5; turn++) await yieldToEvents();
    expect(settled).toBe(false);
    stopped.release();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('before the call sends nothing at all', async () => {
    const { client, answers } = connect(handlers);
    const call = client.call('add', [1, 2], { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await yieldToEvents();
    expect(answers).toEqual([]);
  });

  it('that comes too late is not even sent', async () => {
    const { client, sent } = connect(handlers);
    const controller = new AbortController();
    expect(await client.call('add', [1, 2], { signal: controller.signal })).toBe(3);
    controller.abort();
    expect(sent.map(({ type }) => type)).toEqual(['call']);
  });

  it('stops its own call and no other', async () => {
    const other = held();
    const { client } = connect({
      ...handlers,
      wait: async (_params, { signal }) => {
        while (!signal.aborted) await yieldToEvents();
        throw signal.reason;
      },
      add: async ([a, b], { signal }) => {
        await other.gate;
        signal.throwIfAborted();
        return a + b;
      },
    });
    const controller = new AbortController();
    const cancelled = client.call('wait', null, { signal: controller.signal });
    const going = client.call('add', [3, 4]);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    other.release();
    expect(await going).toBe(7);
  });
});

describe('a crash', () => {
  it('rejects all open calls and every later one, and is told once', async () => {
    const { client, crashes, fire, terminated } = connect(handlers);
    const open = [client.call('wait', null), client.call('wait', null)];
    fire('error', 'out of stack');
    fire('error', 'again');
    for (const call of open)
      await expect(call).rejects.toMatchObject({ code: 'worker-crashed', message: 'out of stack' });
    await expect(client.call('add', [1, 1])).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(crashes).toHaveLength(1);
    expect(terminated()).toBe(1);
  });

  it('is what a message that cannot be read comes to', async () => {
    const { client, fire } = connect(handlers);
    const open = client.call('wait', null);
    fire('messageerror');
    await expect(open).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('is what terminate comes to', async () => {
    const { client, terminated } = connect(handlers);
    const open = client.call('wait', null);
    client.terminate();
    await expect(open).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(terminated()).toBe(1);
  });

  it('drops answers that were already on their way', async () => {
    const { client, fire } = connect(handlers);
    const open = client.call('add', [1, 1]);
    fire('error', 'gone');
    await expect(open).rejects.toMatchObject({ code: 'worker-crashed' });
    await yieldToEvents();
    await yieldToEvents();
  });
});
