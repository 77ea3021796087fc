/**
 * Every name under which something of the app lies in this browser, or is held or heard among its tabs. "Delete everything" goes by these, and
 * lint refuses such names anywhere else. Where our words have changed since, the names have not: what lies on people's disks must be found.
 */

/** All databases begin with this, those of earlier versions too. */
const databasePrefix = 'zoetrope-';

export const databases = {
  gallery: 'gallery',
  films: 'films',
  queue: 'line',
  weights: 'weights',
} as const;

/** As the browser knows it. */
export const databaseName = (name: string) => databasePrefix + name;
export const isOwnDatabase = (name: string) => name.startsWith(databasePrefix);

const keyPrefix = 'zoetrope:';

/** In `localStorage`. */
export const localKeys = {
  page: `${keyPrefix}page`,
  encodeTimings: `${keyPrefix}film-paces`,
  lists: `${keyPrefix}lists`,
  installHint: `${keyPrefix}install-hint`,
  machines: `${keyPrefix}machines`,
  machineKeys: `${keyPrefix}machine-keys`,
} as const;

/** In `sessionStorage`. */
export const sessionKeys = {
  isolationTried: `${keyPrefix}isolation-tried`,
  sourceAside: `${keyPrefix}source-aside`,
  deleteAgain: `${keyPrefix}delete-again`,
} as const;

export const isOwnKey = (key: string) => key.startsWith(keyPrefix);

/** Each place where the app is hosted on one origin has its own. */
const cachePrefix = (scope: string) => `${keyPrefix}${new URL(scope).pathname}:`;

/** `build`: the files of this version; `inbox`: what waits for the page to take it. */
export const cachePurposes = ['build', 'inbox'] as const;
export const cacheName = (scope: string, purpose: (typeof cachePurposes)[number]) =>
  cachePrefix(scope) + purpose;
export const isOwnCache = (name: string, scope: string) => name.startsWith(cachePrefix(scope));

/** In the origin-private file system. */
export const folders = { exports: 'zoetrope-exports' } as const;
export const isOwnFolder = (name: string) => name.startsWith('zoetrope-');

/** Between tabs, and between the page and its workers. */
export const channels = {
  chosenModel: 'zoetrope-page',
  modelLock: 'zoetrope-hold',
  library: 'zoetrope-models',
  film: 'zoetrope-film',
  gallery: 'zoetrope-gallery',
  queue: 'zoetrope-line',
} as const;

export const lockNames = {
  loadedModel: 'zoetrope-loaded-model',
  library: 'zoetrope-shelf',
  /** A model while it is downloaded, copied or deleted; content that several models may share. */
  model: (libraryKey: string) => `zoetrope-model:${libraryKey}`,
  content: (contentKey: string) => `zoetrope-content:${contentKey}`,
  film: (filmId: string) => `zoetrope-film-${filmId}`,
  /** Held by a page as long as it lives. */
  queueOwner: (pageId: string) => `zoetrope-line:${pageId}`,
  /** Held in turn: who has it becomes the tab that answers the API. `base` is where the app lies: `/`, `/sub/`. */
  apiElection: (base: string) => `${keyPrefix}${base}:api-election`,
} as const;

/** A lock that the answering tab holds for as long as it answers, and the channel on which it listens, have one name that begins so. */
export const apiLeaderPrefix = (base: string) => `${keyPrefix}${base}:api:`;
