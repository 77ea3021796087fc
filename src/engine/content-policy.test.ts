import { expect, it } from 'vitest';
import { headerPolicy, headerPolicyOf, pagePolicy } from './content-policy.ts';

const connect = (policy: string) => /connect-src ([^;]*)/.exec(policy)?.[1];
const of = (to: string, path = '/assets/main-AAAAAAAA.js') =>
  headerPolicyOf(`https://here.example${path}?to=${encodeURIComponent(to)}`);

it('lets the page talk to its own origin, and all but one kind of workers to hubs', () => {
  expect(connect(pagePolicy)).toBe("'self' blob: data:");
  expect(headerPolicyOf('https://here.example/assets/engine-AAAAAAAA.js')).toBe(headerPolicy);
  expect(headerPolicyOf('/')).toBe(headerPolicy);
});

it('holds a worker that speaks to a machine to that machine, by http or https, by name or address', () => {
  for (const origin of ['http://192.168.1.7:7860', 'https://aihorde.net', 'http://[fd00::1]:8000']) {
    expect(connect(of(origin))).toBe(origin);
  }
  // All else is as everywhere.
  expect(of('https://aihorde.net').replace(/connect-src [^;]*/, '')).toBe(
    headerPolicy.replace(/connect-src [^;]*/, ''),
  );
});

it('opens a page to no machine, whatever its address says', () => {
  expect(of('http://192.168.1.7:7860', '/')).toBe(headerPolicy);
  expect(of('http://192.168.1.7:7860', '/index.html')).toBe(headerPolicy);
});

it.each([
  '*',
  "'self'",
  'https:',
  'https://*',
  'https://*.example',
  'https://a.example/',
  'https://a.example/path',
  'https://a.example;script-src',
  'https://a.example, https://b.example',
  'https://a.example https://b.example',
  'https://user:pass@a.example',
  'ws://a.example',
  'javascript:alert(1)',
  'https://A.example',
  '',
])('takes %j for no machine, and lets the worker talk to nobody', (to) => {
  expect(connect(of(to))).toBe("'none'");
});
