import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Run-time packages, each with the one file (the door) through which it enters a room. */
const doors = {
  'onnxruntime-web': ['src/worker/runtime/ort.ts'],
  '@huggingface/transformers': ['src/worker/model/tokenizer.ts'],
  '@huggingface/hub': ['src/worker/weights/hub.ts'],
  '@ffmpeg/ffmpeg': ['src/video/ffmpeg.ts', 'src/video/ffmpeg-worker.ts'],
  mediabunny: ['src/video/webcodecs.ts', 'src/video/film-recipes.test.ts'],
  'hash-wasm': ['src/worker/weights/sha256.ts'],
  'idb-keyval': ['src/engine/idb.ts'],
  zustand: ['src/app/base/store.ts'],
  exifreader: ['src/app/making/file-tags.ts'],
  '@zip.js/zip.js': ['src/app/base/storage/zip.ts', 'src/video/zip.ts'],
  ws: ['src/server/**'],
  // After its room's: the last entry that fits a file counts.
  sirv: ['src/server/serve.ts'],
  'swagger-ui-dist': ['src/app/api/docs/docs.ts'],
  redoc: ['src/app/api/docs/redoc.ts'],
  '@cto.af/linebreak': ['src/domain/video/line-breaks.ts'],
  zod: ['src/domain/api/**', 'src/domain/recipe/**', 'src/domain/without-eval.ts'],
};

/** What a room may not import: everything that is not below it. */
const forbidden = {
  domain: ['engine', 'worker', 'elsewhere', 'video', 'app', 'sw', 'server'],
  engine: ['worker', 'elsewhere', 'video', 'app', 'sw', 'server'],
  worker: ['elsewhere', 'video', 'app', 'sw', 'server'],
  elsewhere: ['worker', 'video', 'app', 'sw', 'server'],
  video: ['worker', 'elsewhere', 'app', 'sw', 'server'],
  app: ['worker', 'elsewhere', 'video', 'sw', 'server'],
  sw: ['worker', 'elsewhere', 'video', 'app', 'server'],
  server: ['worker', 'elsewhere', 'video', 'app', 'sw'],
};

const packagePatterns = Object.keys(doors).map((name) => ({
  regex: `^${name}(/.*)?$`,
  message: `Only ${doors[name].join(', ')} may import ${name}.`,
}));

/** In domain/, whose files lie one folder deeper, `../video/` is domain's own. */
const roomPatterns = (room) =>
  forbidden[room].map((other) => ({
    regex: `^${room === 'domain' ? '\\.\\./' : ''}\\.\\.(/\\.\\.)*/${other}/`,
    message: `src/${room} must not import src/${other} (src/README.md).`,
  }));

/** The rooms of the page, each above those that come before it: it may import them, and none that come after it. */
const appRooms = [
  ...['words', 'base', 'engine', 'machines', 'making', 'models', 'share', 'queue'],
  ...['picture', 'edit', 'film', 'gallery', 'api', 'pwa', 'settings', 'shell'],
];

/** `depth`: how many folders above the file is `src/app`. */
const appPatterns = (room, depth) =>
  appRooms.slice(appRooms.indexOf(room) + 1).map((other) => ({
    regex: `^${'\\.\\./'.repeat(depth)}${other}/`,
    message: `src/app/${room} must not import src/app/${other}, which is above it (src/README.md).`,
  }));

const doorFilesOfApp = Object.values(doors)
  .flat()
  .filter((file) => file.startsWith('src/app/') && !file.includes('*'));

/** What a person reads comes from `src/app/words`, in the language that is spoken. */
const letters = '/\\p{L}{2}/u';
const readAttributes =
  '/^(alt|aria-(description|label|placeholder|roledescription|valuetext)|label|hint|placeholder|problem|title)$/';
const chosen = ':matches(ConditionalExpression, LogicalExpression)';
const noLiterals = [
  // The app's own name is the same everywhere.
  `JSXText[value=${letters}]:not([value=/^\\s*Zoetrope\\s*$/])`,
  ...[`JSXAttribute[name.name=${readAttributes}]`, ':matches(JSXElement, JSXFragment)'].flatMap((place) => [
    `${place} > Literal[value=${letters}]`,
    `${place} > JSXExpressionContainer > Literal[value=${letters}]`,
    `${place} > JSXExpressionContainer > ${chosen} > Literal[value=${letters}]`,
    `${place} > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${letters}]`,
    `${place} > JSXExpressionContainer > ${chosen} > TemplateLiteral > TemplateElement[value.raw=${letters}]`,
  ]),
].map((selector) => ({
  selector,
  message: 'Sentences live in src/app/words/<language>: useWords() (src/README.md).',
}));

/** How far things may go stands in one table. A range, or a bound of a schema, written anywhere else is a second truth. */
const noLimits = [
  'ObjectExpression:has(> Property[key.name="min"][value.type="Literal"]):has(> Property[key.name="max"][value.type="Literal"])',
  ...['min', 'max', 'minimum', 'maximum', 'minLength', 'maxLength', 'gt', 'gte', 'lt', 'lte'].map(
    (bound) =>
      `CallExpression[callee.property.name="${bound}"]:not([callee.object.name="Math"]) > Literal[value>1]`,
  ),
].map((selector) => ({ selector, message: 'Limits stand in src/domain/limits.ts (src/README.md).' }));

/** What lies in the browser, or is held or heard among tabs, has its name from one table, which "Delete everything" goes by. */
const noNames = [
  'Literal[value=/^zoetrope[-:]/]:not([value=/^zoetrope(:connect|:picture|-relay|-model.json)$/])',
  'TemplateElement[value.raw=/^zoetrope[-:](?!gallery-)/]',
  ...[
    '[callee.name=/^(BroadcastChannel|openStore|openRecords)$/]',
    '[callee.object.name=/^(caches|cache[sS]torage|local[sS]torage|session[sS]torage|storage|session)$/]',
    '[callee.object.name=/^(locks|manager)$/]',
    '[callee.object.property.name="locks"]',
    '[callee.object.expression.name="locks"]',
    '[callee.property.name="exclusively"]',
  ].map(
    (call) =>
      `:matches(CallExpression, NewExpression)${call} > :matches(Literal, TemplateLiteral).arguments:first-child`,
  ),
].map((selector) => ({ selector, message: 'Names stand in src/engine/stored-names.ts (src/README.md).' }));

/** Who wants to be told of changes is told by a store. */
const noListenerSets = [
  {
    selector: 'NewExpression[callee.name="Set"] > TSTypeParameterInstantiation > TSFunctionType',
    message: 'What others follow is a store: createStore() of src/app/base/store.ts.',
  },
];

/** In code without elements: whatever reads as a sentence, but for what errors say to developers. */
const sentence = '/\\p{L}{2,} \\p{L}{2,}/u';
const noSentences = [
  `Literal[value=${sentence}]:not(NewExpression > Literal):not(Property[key.name="prompt"] > Literal)`,
  `TemplateElement[value.raw=${sentence}]:not(NewExpression > TemplateLiteral > TemplateElement)`,
].map((selector) => ({
  selector,
  message:
    'Sentences live in src/app/words/<language>; what the store says is a fact, message() (src/README.md).',
}));

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'training/',
      'public/',
      'test-results/',
      'playwright-report/',
      'e2e/golden/',
      'coverage/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['src/app/**/*.tsx', 'src/app/**/*.ts'], ...reactHooks.configs.flat.recommended },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/domain/limits.ts', 'src/testing/**', '**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...noLimits] },
  },
  {
    files: ['src/{app,engine,worker,elsewhere,video,sw}/**/*.{ts,tsx}'],
    ignores: ['src/engine/stored-names.ts', '**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...noLimits, ...noNames, ...noListenerSets] },
  },
  {
    files: ['src/app/**/*.ts'],
    // The API speaks English, to programs.
    ignores: ['src/app/api/**', 'src/app/words/**', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noLimits, ...noNames, ...noListenerSets, ...noSentences],
    },
  },
  {
    files: ['src/app/**/*.tsx'],
    ignores: ['**/*.test.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...noLimits, ...noNames, ...noListenerSets, ...noLiterals] },
  },
  ...Object.keys(forbidden).map((room) => ({
    files: [`src/${room}/**/*.ts`, `src/${room}/**/*.tsx`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [...roomPatterns(room), ...packagePatterns] }],
    },
  })),
  ...Object.entries(doors).flatMap(([name, files]) =>
    files.map((file) => ({
      files: [file],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              ...roomPatterns(file.split('/')[1]),
              ...packagePatterns.filter((pattern) => !pattern.regex.startsWith(`^${name}(`)),
            ],
          },
        ],
      },
    })),
  ),
  ...appRooms.flatMap((room) =>
    [1, 2].map((depth) => ({
      files: ['ts', 'tsx'].map((kind) => `src/app/${room}/${'*/'.repeat(depth - 1)}*.${kind}`),
      // A test may open the whole page.
      ignores: [...doorFilesOfApp, '**/*.test.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [...appPatterns(room, depth), ...roomPatterns('app'), ...packagePatterns],
          },
        ],
      },
    })),
  ),
);
