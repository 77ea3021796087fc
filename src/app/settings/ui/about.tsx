import { noticesFile } from '../../../engine/notices.ts';
import { Sentence } from '../../words/sentence.tsx';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './about.module.css';

type About = Words['settings']['about'];

interface Credit {
  readonly name: string;
  readonly by: string | ((about: About) => string);
  readonly licence: string | ((about: About) => string);
  readonly part: keyof About['parts'];
}

/** Whose work is inside. */
const credits: readonly Credit[] = [
  { name: 'Fluent Emoji', by: 'Microsoft', licence: 'MIT', part: 'art' },
  { name: 'ONNX Runtime Web', by: 'Microsoft', licence: 'MIT', part: 'models' },
  { name: 'Transformers.js', by: 'Hugging Face', licence: 'Apache 2.0', part: 'tokenizer' },
  { name: 'React', by: 'Meta', licence: 'MIT', part: 'page' },
  { name: 'Radix Primitives', by: 'WorkOS', licence: 'MIT', part: 'controls' },
  { name: 'Zustand', by: 'Poimandres', licence: 'MIT', part: 'state' },
  { name: 'Lucide', by: 'Lucide Contributors', licence: 'ISC', part: 'icons' },
  { name: 'Zod', by: 'Colin McDonnell', licence: 'MIT', part: 'fileChecks' },
  { name: 'Mediabunny', by: 'Vanilagy', licence: 'MPL 2.0', part: 'filmFiles' },
  { name: 'zip.js', by: 'Gildas Lormeau', licence: 'BSD 3-Clause', part: 'zip' },
  { name: 'idb-keyval', by: 'Jake Archibald', licence: 'Apache 2.0', part: 'storage' },
  { name: 'hash-wasm', by: 'Dani Biro', licence: 'MIT', part: 'downloadChecks' },
  { name: 'Hugging Face Hub', by: 'Hugging Face', licence: 'MIT', part: 'modelFiles' },
  { name: 'Swagger UI', by: 'SmartBear', licence: 'Apache 2.0', part: 'apiDocs' },
  { name: 'Redoc', by: 'Redocly', licence: 'MIT', part: 'apiDocs' },
  {
    name: 'FFmpeg with x264, as ffmpeg.wasm',
    by: (about) => about.theirContributors,
    licence: (about) => about.gplOrLater('github.com/ffmpegwasm/ffmpeg.wasm'),
    part: 'secondEncoder',
  },
];

export function About() {
  const { about } = useWords().settings;
  const text = (given: Credit['by']) => (typeof given === 'string' ? given : given(about));
  return (
    <section className="group">
      <h3>{about.title}</h3>
      <p>{about.what(__APP_VERSION__)}</p>
      <details>
        <summary>{about.credits}</summary>
        <ul className={styles.credits}>
          {credits.map(({ name, by, licence, part }) => (
            <li key={name}>
              <Sentence of={(drawn) => about.credit(drawn, text(by), text(licence), about.parts[part])}>
                <strong>{name}</strong>
              </Sentence>
            </li>
          ))}
        </ul>
        <p>
          <a href={`./${noticesFile}`} target="_blank" rel="noreferrer">
            {about.notices}
          </a>
        </p>
      </details>
    </section>
  );
}
