import { expect, it, vi } from 'vitest';
import type { Machines } from '../../engine/machine-protocol.ts';
import { connectMachine, hostOf, isOpenToOthers, readAddress } from './connect-machine.ts';

it.each([
  ['http://192.168.1.7:7860/', 'http://192.168.1.7:7860'],
  [' 192.168.1.7:7860 ', 'http://192.168.1.7:7860'],
  ['https://aihorde.net/api', 'https://aihorde.net/api'],
  ['https://gpu.example/sd/?x=1#y', 'https://gpu.example/sd'],
  ['studio.lan', 'http://studio.lan'],
  ['HTTP://Studio.LAN:80', 'http://studio.lan'],
  ['[fd00::1]:8000', 'http://[fd00::1]:8000'],
  ['', null],
  ['http://', null],
  ['ftp://studio.lan', null],
  ['javascript:alert(1)', null],
  ['http://user:pass@studio.lan', null],
  ['http://a b', null],
  ['http://a;b', null],
])('reads the address %j as %j', (text, address) => {
  expect(readAddress(text)).toBe(address);
});

it('knows which ways others can read', () => {
  expect(isOpenToOthers('http://192.168.1.7:7860')).toBe(true);
  expect(isOpenToOthers('https://aihorde.net/api')).toBe(false);
  expect(isOpenToOthers('http://localhost:7860')).toBe(false);
  expect(isOpenToOthers('http://[::1]:7860')).toBe(false);
  expect(hostOf('http://192.168.1.7:7860')).toBe('192.168.1.7:7860');
});

it('pairs with the code first, and asks with the token what the machine can do', async () => {
  const call = vi.fn((name: string) => Promise.resolve(name === 'pair' ? 'token' : { models: [] }));
  const machines = { call } as unknown as Machines;
  const machine = { kind: 'zoetrope', address: 'http://a.lan' } as const;
  const { signal } = new AbortController();
  expect(await connectMachine(machines, { machine, code: '12345678' }, signal)).toEqual({
    capabilities: { models: [] },
    key: 'token',
  });
  expect(call.mock.calls.map((given: unknown[]) => given.slice(0, 2))).toEqual([
    ['pair', { machine, code: '12345678' }],
    ['capabilities', { machine: { ...machine, key: 'token' } }],
  ]);
  call.mockClear();
  await connectMachine(machines, { machine: { ...machine, key: 'kept' }, code: '' }, signal);
  expect(call.mock.calls.map((given: unknown[]) => given[0])).toEqual(['capabilities']);
});
