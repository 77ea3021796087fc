/** Pictures that other machines make: who is asked, who is not, and what becomes of a film when one of them is switched off. */
import { readdirSync, readFileSync } from 'node:fs';
import { createAdmission } from '../src/server/admission.ts';
import { createPairing, newCode } from '../src/server/pairing.ts';
import { serve } from '../src/server/serve.ts';
import { a1111Server } from '../src/testing/machines/a1111-server.ts';
import { FilmApp } from './film-app.ts';
import { MachineSettings, recordOrigins } from './machines.ts';
import { expect, test } from './test.ts';

const a1111 = 'AUTOMATIC1111, Forge or SD.Next';

test('with no machine added nobody is asked, with one only that one, and its key goes nowhere else', async ({
  app,
  page,
  context,
  baseURL,
}) => {
  const own = new URL(baseURL!).origin;
  const [tower, other] = await Promise.all([
    a1111Server({ key: 'anna:secret-key' }, { allowOrigin: own }),
    a1111Server({}, { allowOrigin: own }),
  ]);
  const origins = recordOrigins(context);
  const sent: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).origin === own) sent.push(request.url() + (request.postData() ?? ''));
  });
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const settings = new MachineSettings(page);
  await settings.open();
  await settings.fill({ kind: a1111, address: tower.address, name: 'Tower', key: 'anna:secret-key' });
  await expect(settings.form.getByText(`To ${new URL(tower.address).host}, whoever runs it.`)).toBeVisible();
  // Read, and not yet agreed to.
  expect([...origins]).toEqual([own]);
  expect(tower.seen).toEqual([]);

  await settings.agree();
  await settings.choice('Tower').check();
  await settings.close();
  await app.generate({ prompt: 'a boat on a lake', steps: 3, seed: 11 });
  await expect(app.pictures).toHaveCount(2);
  expect([...origins].sort()).toEqual([own, tower.address].sort());
  const drawn = tower.seen.filter(({ path }) => path === '/sdapi/v1/txt2img');
  expect(drawn).toHaveLength(1);
  expect(drawn[0]!.body).toMatchObject({ prompt: 'a boat on a lake', seed: 11, steps: 3 });

  // The browser itself keeps the page from that machine, and its worker from every other one.
  const ask = (address: string) =>
    fetch(address).then(
      () => 'let through',
      () => 'refused',
    );
  expect(await page.evaluate(ask, tower.address)).toBe('refused');
  const worker = page.workers().find((each) => each.url().includes(encodeURIComponent(tower.address)))!;
  expect(await worker.evaluate(ask, other.address)).toBe('refused');
  expect(await worker.evaluate(ask, tower.address)).toBe('let through');
  expect(other.seen).toEqual([]);
  expect(sent.join('\n')).not.toContain('secret-key');
  await Promise.all([tower.close(), other.close()]);
});

test('a server that lets no page read it is told as such, with the option that it needs', async ({
  app,
  page,
  baseURL,
}) => {
  const server = await a1111Server({});
  await app.open();
  const settings = new MachineSettings(page);
  await settings.open();
  await settings.fill({ kind: a1111, address: server.address, name: 'Tower' });
  await settings.agree();
  await expect(settings.form.getByRole('alert')).toContainText(
    `--cors-allow-origins=${new URL(baseURL!).origin}`,
  );
  await server.close();
  await settings.agree();
  await expect(settings.form.getByRole('alert')).toContainText('Nothing answers there');
});

test('a film over two machines goes on when one of them is switched off in the middle', async ({
  page,
  baseURL,
}) => {
  const allowOrigin = new URL(baseURL!).origin;
  const [tower, attic] = await Promise.all([
    a1111Server({}, { allowOrigin }),
    a1111Server({}, { allowOrigin }),
  ]);
  const film = new FilmApp(page);
  await film.open();
  const settings = new MachineSettings(page);
  await settings.open();
  await settings.add({ kind: a1111, address: tower.address, name: 'Tower' });
  await settings.add({ kind: a1111, address: attic.address, name: 'Attic' });
  await settings.choice('Tower').check();
  await settings.letHelp('Attic');
  await settings.close();
  const scenes = Array.from({ length: 8 }, (_, i) => `scene ${i + 1} of a walk`);
  await film.paste(scenes);
  await film.want({ Steps: 2 });
  const second = attic.request('POST', '/sdapi/v1/txt2img').then(() => attic.close());
  await film.button('Generate').click();
  await second;
  await expect(film.thumbnails()).toHaveCount(scenes.length);
  const prompts = tower.seen
    .filter(({ path }) => path === '/sdapi/v1/txt2img')
    .map(({ body }) => body['prompt']);
  expect(new Set(prompts).size).toBeGreaterThanOrEqual(scenes.length - 2);
  await tower.close();
});

test('another Zoetrope draws for this page once it was paired; wrong codes make one wait', async ({
  app,
  page,
  context,
  baseURL,
}) => {
  let nowMs = 0;
  const pairing = createPairing({ nowMs: () => nowMs, newCode });
  // As behind a proxy: this test comes from this machine, and is to be asked all the same.
  const admission = createAdmission(pairing, 'always');
  const options = { host: '127.0.0.1', port: 0, headless: false, pair: 'always', certificate: null } as const;
  const guests = { allowHosts: [], allowOrigins: [new URL(baseURL!).origin] };
  const { server, port } = await serve('dist', { ...options, ...guests }, admission);
  const address = `http://127.0.0.1:${port}`;
  const drawer = await context.newPage();
  await drawer.goto(`${address}/?${admission.drawerQuery}&backend=wasm`);

  await app.open();
  const settings = new MachineSettings(page);
  await settings.open();
  const desktop = { kind: 'Another Zoetrope', address, name: 'Desktop' };
  await settings.fill({ ...desktop, key: '00000000' });
  const problem = settings.form.getByRole('alert');
  for (let tries = 0; tries < 5; tries++) {
    await settings.agree();
    await expect(problem).toContainText('does not let you in');
  }
  await settings.form.getByLabel('Pairing code').fill(pairing.code());
  await settings.agree();
  await expect(problem).toContainText('It asks to come back in');
  nowMs = 60_000;
  await settings.agree();
  await settings.choice('Desktop').check();
  await settings.close();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  await expect(app.pictures).toHaveCount(1);
  await drawer.getByRole('link', { name: 'Gallery' }).click();
  await expect(drawer.getByRole('list', { name: 'Works' }).getByRole('listitem')).toHaveCount(1);
  server.closeAllConnections();
  server.close();
});

test('no part of the worker that speaks to machines imports its entry, whose address names the machine', () => {
  const files = readdirSync('dist/assets').filter((file) => file.endsWith('.js'));
  const textOf = (file: string) => readFileSync(`dist/assets/${file}`, 'utf8');
  const entries = files.filter((file) => /import\([^)]*serve-machines/.test(textOf(file)));
  expect(entries).toHaveLength(1);
  expect(files.filter((file) => new RegExp(`from\\s*["'\`]\\./${entries[0]!}`).test(textOf(file)))).toEqual(
    [],
  );
});
