import { expect, it } from 'vitest';
import { addressesOf, pairingOf, pairingWords } from './start-words.ts';

const interfaces = {
  lo: [{ address: '127.0.0.1', family: 'IPv4', internal: true } as const],
  eth0: [
    { address: '192.168.1.5', family: 'IPv4', internal: false } as const,
    { address: 'fe80::1', family: 'IPv6', internal: false } as const,
  ],
};
const certificate = { cert: Buffer.from(''), key: Buffer.from('') };
const at = (host: string, tls = false) =>
  addressesOf({ host, port: 8000, certificate: tls ? certificate : null }, interfaces);

it('names the addresses that this machine and others have for it', () => {
  expect(at('localhost')).toEqual({ here: 'http://localhost:8000/', others: [] });
  expect(at('0.0.0.0')).toEqual({ here: 'http://localhost:8000/', others: ['http://192.168.1.5:8000/'] });
  expect(at('::', true)).toEqual({ here: 'https://localhost:8000/', others: ['https://192.168.1.5:8000/'] });
  expect(at('::1').here).toBe('http://[::1]:8000/');
});

it('shows the code only where somebody will be asked for it, and says what is not encrypted', () => {
  const words = (host: string, pair: 'others' | 'always' | 'never', tls = false) =>
    pairingWords('12345678', { host, pair, certificate: tls ? certificate : null });
  expect(words('localhost', 'others')).toEqual([]);
  expect(words('127.0.0.1', 'others')).toEqual([]);
  expect(words('0.0.0.0', 'never')).toEqual([]);
  expect(words('localhost', 'always')[0]).toContain('1234 5678');
  expect(words('0.0.0.0', 'others').join()).toMatch(/1234 5678.*unencrypted/);
  expect(words('0.0.0.0', 'others', true).join()).not.toContain('unencrypted');
});

it('asks nobody where only this machine can come, unless it is told to', () => {
  expect(pairingOf({ host: 'localhost', pair: 'others' })).toBe('never');
  expect(pairingOf({ host: 'localhost', pair: 'always' })).toBe('always');
  expect(pairingOf({ host: '0.0.0.0', pair: 'others' })).toBe('others');
  expect(pairingOf({ host: '0.0.0.0', pair: 'never' })).toBe('never');
});
