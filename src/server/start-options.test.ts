import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readOptions, StartRefusal, whyNotListening } from './start-options.ts';

const read = (...args: string[]) => readOptions(args, {});

it('is port 8000 of this machine unless something else is said', () => {
  expect(read()).toEqual({
    ...{ port: 8000, host: 'localhost', headless: false },
    ...{ allowHosts: [], allowOrigins: [], pair: 'others', certificate: null },
  });
  expect(readOptions([], { PORT: '9001' }).port).toBe(9001);
  expect(readOptions(['--port', '9000'], { PORT: '9001' }).port).toBe(9000);
  expect(read('--port=0', '--host', '0.0.0.0', '--headless')).toEqual({
    port: 0,
    host: '0.0.0.0',
    headless: true,
    allowHosts: [],
    allowOrigins: [],
    pair: 'others',
    certificate: null,
  });
  expect(read('--pair', 'always').pair).toBe('always');
  const pem = (name: string) => join(import.meta.dirname, 'test-certificate', name);
  const { certificate } = read('--cert', pem('cert.pem'), `--key=${pem('key.pem')}`);
  expect(certificate?.cert.toString()).toContain('BEGIN CERTIFICATE');
  expect(() => read('--cert', pem('key.pem'), '--key', pem('key.pem'))).toThrow('do not fit together');
  expect(
    read('--allow-host', 'Studio.lan', '--allow-host=box', '--allow-origin', 'https://example.org/'),
  ).toMatchObject({ allowHosts: ['studio.lan', 'box'], allowOrigins: ['https://example.org'] });
});

it.each([
  [['--port', 'abc'], '--port needs a number from 0 to 65535, not “abc”.'],
  [['--port', '65536'], '--port needs a number from 0 to 65535, not “65536”.'],
  [['--port', '-1'], '--port needs a number from 0 to 65535, not “-1”.'],
  [['--port'], '--port needs a number from 0 to 65535, not “”.'],
  [['--host'], '--host needs a name or an address, as in --host 0.0.0.0.'],
  [
    ['--prot', '1'],
    'npm start does not know “--prot”; it knows --port NUMBER, --host NAME, --headless, --allow-host NAME, --allow-origin ORIGIN, --pair WHO, --cert FILE and --key FILE.',
  ],
  [
    ['9000'],
    'npm start does not know “9000”; it knows --port NUMBER, --host NAME, --headless, --allow-host NAME, --allow-origin ORIGIN, --pair WHO, --cert FILE and --key FILE.',
  ],
  [['--allow-host', 'a:80'], '--allow-host needs a name without a port, as in --allow-host studio.lan.'],
  [
    ['--allow-origin', '*'],
    '--allow-origin needs the beginning of a site’s address, as in --allow-origin https://example.org, not “*”.',
  ],
  [['--pair', 'all'], '--pair needs “others”, “always” or “never”, not “all”.'],
  [['--pair'], '--pair needs “others”, “always” or “never”, not “”.'],
  [['--cert', 'a.pem'], '--cert and --key belong together: the certificate and its key, each a file in PEM.'],
  [
    ['--cert', '/nowhere/a.pem', '--key', '/nowhere/b.pem'],
    '--cert needs a file that can be read, not “/nowhere/a.pem”.',
  ],
])('%j is refused in one sentence', (args, sentence) => {
  expect(() => read(...args)).toThrow(new StartRefusal(sentence));
});

it('says why a server cannot listen, and leaves other errors alone', () => {
  const why = (code: string) =>
    whyNotListening(Object.assign(new Error(code), { code }), {
      port: 80,
      host: 'nowhere.invalid',
    });
  expect(why('EADDRINUSE')).toMatch(/^Port 80 is taken.*--port 81$/);
  expect(why('EACCES')).toMatch(/above 1023/);
  expect(why('ENOTFOUND')).toMatch(/^“nowhere\.invalid” is no name or address of this machine/);
  expect(why('EMFILE')).toBeUndefined();
});
