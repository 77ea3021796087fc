import { timingSafeEqual } from 'node:crypto';
import { beforeEach, expect, it, vi } from 'vitest';
import { createPairing, newCode, type Pairing } from './pairing.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const right = '12345678';
let nowMs: number;
let pairing: Pairing;

beforeEach(() => {
  nowMs = 0;
  const codes = [right, '87654321'];
  pairing = createPairing({ nowMs: () => nowMs, newCode: () => codes.shift()! });
});

const wrong = (client: string, times: number) =>
  Array.from({ length: times }, () => pairing.pair('00000000', client).kind);

function paired(client = 'phone'): string {
  const answer = pairing.pair(pairing.code(), client);
  if (answer.kind !== 'paired') throw new Error(answer.kind);
  return answer.token;
}

it('shows eight digits, another each time', () => {
  const codes = Array.from({ length: 50 }, newCode);
  for (const code of codes) expect(code).toMatch(/^\d{8}$/);
  expect(new Set(codes).size).toBeGreaterThan(45);
});

it('gives each device a token of its own for the code, and knows them again', () => {
  const [phone, tablet] = [paired('phone'), paired('tablet')];
  expect(phone).not.toBe(tablet);
  expect(phone).toMatch(/^[\w-]{43}$/);
  expect(
    [phone, tablet, '', right, `${phone} `, phone.slice(1)].map((token) => pairing.isPaired(token)),
  ).toEqual([...[true, true], ...[false, false, false, false]]);
});

it('after five wrong ones waits a minute, in which even the right one is not looked at', () => {
  expect(wrong('phone', 5)).toEqual(Array<string>(5).fill('wrong'));
  expect(pairing.pair(right, 'phone')).toEqual({ kind: 'wait', afterSec: 60 });
  nowMs = 59_000;
  expect(pairing.pair(right, 'phone')).toEqual({ kind: 'wait', afterSec: 1 });
  nowMs = 60_000;
  expect(pairing.pair(right, 'phone').kind).toBe('paired');
});

it('waits twice as long after each further wrong one, up to an hour, and begins anew after a right one', () => {
  wrong('phone', 5);
  const waits = [60, 120, 240, 480, 960, 1920, 3600, 3600].map((expected) => {
    const answer = pairing.pair(right, 'phone');
    nowMs += expected * 1000;
    wrong('phone', 1);
    return answer.kind === 'wait' && answer.afterSec === expected;
  });
  expect(waits).toEqual(waits.map(() => true));
  nowMs += 3_600_000;
  paired('phone');
  expect(wrong('phone', 4)).toEqual(Array<string>(4).fill('wrong'));
  paired('phone');
});

it('does not let one client keep another waiting, unless all together try too often', () => {
  wrong('attacker', 9);
  paired('phone');
  const kinds = Array.from({ length: 40 }, (_, i) => pairing.pair('00000000', `address ${i}`).kind);
  expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(30 - 5);
  expect(pairing.pair(right, 'phone')).toEqual({ kind: 'wait', afterSec: 600 });
  nowMs = 600_001;
  paired('phone');
});

it('compares in constant time, however long what was sent is', () => {
  const compared = vi.mocked(timingSafeEqual);
  compared.mockClear();
  for (const code of ['', '1', right, '1'.repeat(100_000), '１２３４５６７８']) {
    pairing.pair(code, code.slice(0, 8));
  }
  expect(compared).toHaveBeenCalledTimes(5);
  for (const [a, b] of compared.mock.calls) expect([a.byteLength, b.byteLength]).toEqual([32, 32]);
});

it('forgets one device, or all of them with the code', () => {
  const [phone, tablet] = [paired('phone'), paired('tablet')];
  pairing.forget(phone);
  expect([phone, tablet].map((token) => pairing.isPaired(token))).toEqual([false, true]);
  pairing.forgetAll();
  expect(pairing.isPaired(tablet)).toBe(false);
  expect(pairing.pair(right, 'phone').kind).toBe('wrong');
  paired('phone');
});

it('keeps a hundred devices', () => {
  const first = paired();
  const others = Array.from({ length: 100 }, () => paired());
  expect(pairing.isPaired(first)).toBe(false);
  expect(others.every((token) => pairing.isPaired(token))).toBe(true);
});
