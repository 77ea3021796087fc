import type { Plugin } from 'vite';

/** The functions that @cto.af/linebreak looks for by their names. */
const rules = /^(?:export )?function ((?:LB|Example7_)\w+)\(/gm;

/**
 * @cto.af/linebreak finds its rules by `Function.name`, which minifying changes, and throws when it is loaded. Here the names are written down.
 * Keeping the names of all functions instead would make the first screen's JavaScript a tenth larger.
 */
export function namedRules(): Plugin {
  return {
    name: 'zoetrope:named-rules',
    transform(code, id) {
      if (!id.includes('/@cto.af/linebreak/')) return null;
      const names = Array.from(code.matchAll(rules), ([, name]) => name!);
      const lines = names.map((name) => `Object.defineProperty(${name}, 'name', { value: '${name}' });`);
      return { code: `${code}\n${lines.join('\n')}\n`, map: null };
    },
  };
}
