/** A GIF small enough to be sent. */
import { FilmApp } from './film-app.ts';
import { filmFacts, still, videoStream } from './film-file.ts';
import { expect, test } from './test.ts';

test('a GIF has its own size, rate and colours, and stays below the size that it may have', async ({
  page,
}) => {
  const film = new FilmApp(page);
  await film.open();
  const size = { width: 320, height: 180 };
  await film.ownPictures([still('testsrc2', size), still('mandelbrot', size)]);
  await film.want({ Width: 320, Height: 180, 'Scene length (seconds)': 1, 'Transition frames': 12 });
  await expect(film.field('Colours')).toBeHidden();
  await film.chooseFormat('GIF');
  await film.button('GIF settings').click();
  const want = async (values: Readonly<Record<string, string>>) => {
    for (const [label, value] of Object.entries(values)) await film.field(label).fill(value);
  };
  await want({ 'Size (percent)': '50', 'GIF frames per second': '10', Colours: '16' });
  await expect(page.getByText('160 × 90', { exact: true })).toBeVisible();
  const small = await film.exportAs('GIF');
  const facts = filmFacts(small.path);
  expect(videoStream(facts)).toMatchObject({
    codec_name: 'gif',
    width: 160,
    height: 90,
    nb_read_frames: '25',
  });
  expect(facts.durationSec).toBeCloseTo(2.5, 1);
  // Behind the head lies the palette of the whole film; ffmpeg fills it up to 256 with its last colour.
  expect(coloursOf(small.bytes).size).toBeLessThanOrEqual(16);

  await want({ 'Size (percent)': '100', Colours: '256', 'At most (MB)': '0.1' });
  const limited = await film.exportAs('GIF');
  expect(limited.bytes.length).toBeLessThanOrEqual(100_000);
  const { width, height } = videoStream(filmFacts(limited.path));
  expect(width).toBeLessThan(320);
  await expect(page.getByText(`${width} × ${height} pixels`)).toBeVisible();

  await want({ 'At most (MB)': '0.01' });
  await film.button('Export GIF').click();
  await expect(film.field('At most (MB)')).toBeFocused();
  await expect(page.getByText(/^Between 0.1 and 2,?000\.$/)).toBeVisible();
});

function coloursOf(gif: Buffer): Set<string> {
  const entries = 2 ** ((gif[10]! & 7) + 1);
  return new Set(
    Array.from({ length: entries }, (_, i) => gif.subarray(13 + 3 * i, 16 + 3 * i).toString('hex')),
  );
}
