/** Whose work is inside. */
const credits = [
  { name: 'Fluent Emoji', by: 'Microsoft', licence: 'MIT', part: 'art that the built-in model learnt from' },
  { name: 'ONNX Runtime Web', by: 'Microsoft', licence: 'MIT', part: 'runs the models' },
  { name: 'Transformers.js', by: 'Hugging Face', licence: 'Apache 2.0', part: 'tokenizer' },
  { name: 'React', by: 'Meta', licence: 'MIT', part: 'page' },
  { name: 'Radix Primitives', by: 'WorkOS', licence: 'MIT', part: 'controls' },
  { name: 'Zustand', by: 'Poimandres', licence: 'MIT', part: 'state' },
  { name: 'Lucide', by: 'Lucide Contributors', licence: 'ISC', part: 'icons' },
  { name: 'Zod', by: 'Colin McDonnell', licence: 'MIT', part: 'checks of files' },
  { name: 'Mediabunny', by: 'Vanilagy', licence: 'MPL 2.0', part: 'film files' },
  { name: 'fflate', by: 'Arjun Barrett', licence: 'MIT', part: 'zip files' },
  { name: 'idb-keyval', by: 'Jake Archibald', licence: 'Apache 2.0', part: 'storage' },
  { name: 'hash-wasm', by: 'Dani Biro', licence: 'MIT', part: 'checks of downloads' },
  { name: 'Hugging Face Hub', by: 'Hugging Face', licence: 'MIT', part: 'lists of model files' },
  { name: 'Swagger UI', by: 'SmartBear', licence: 'Apache 2.0', part: 'documentation of the API' },
  { name: 'Redoc', by: 'Redocly', licence: 'MIT', part: 'documentation of the API' },
  {
    name: 'FFmpeg with x264, as ffmpeg.wasm',
    by: 'their contributors',
    licence: 'GPL 2.0 or later; source at github.com/ffmpegwasm/ffmpeg.wasm',
    part: 'second film encoder, GIF and music',
  },
] as const;

export function About() {
  return (
    <section className="group">
      <h3>About</h3>
      <p>
        Zoetrope {__APP_VERSION__} makes pictures from words with Stable Diffusion, entirely in this browser.
        What you write and what you make stays on this device.
      </p>
      <details>
        <summary>Credits and licences</summary>
        <ul className="credits">
          {credits.map(({ name, by, licence, part }) => (
            <li key={name}>
              <strong>{name}</strong> by {by}, {licence}: {part}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
