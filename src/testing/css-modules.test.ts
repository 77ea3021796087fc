/** Style sheets and the components that use them agree: no class without a rule, no rule without a user, and names that are typed. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const app = 'src/app';
const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).map((name) => join(app, name));
const modules = files.filter((file) => file.endsWith('.module.css')).sort();
const globalSheets = files.filter((file) => file.endsWith('.css') && !file.endsWith('.module.css'));
const components = files
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** The classes that a sheet has rules for; those of other sheets, which it mentions as `:global(…)`, are not its own. */
function classesOf(css: string): string[] {
  const selectors = css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/:global\([^)]*\)/g, '')
    .matchAll(/([^{};]*)\{/g);
  const found = [...selectors]
    .map(([, selector]) => selector!.trim())
    .filter((selector) => !selector.startsWith('@'))
    .flatMap((selector) => [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name!));
  return [...new Set(found)].sort();
}

/** Who imports a module, and under which name. */
function usersOf(module: string): { readonly text: string; readonly name: string }[] {
  return components.flatMap(({ text }) => {
    const name = new RegExp(`import (\\w+) from '[^']*/${basename(module)}';`).exec(text)?.[1];
    return name === undefined ? [] : [{ text, name }];
  });
}

/** Literal class names of a component, which only the global sheets can have rules for. */
function literalClasses(text: string): string[] {
  const attributes = [...text.matchAll(/className=(?:"([^"]*)"|\{`([^`]*)`\})/g)];
  return attributes
    .flatMap(([, plain, template]) => (plain ?? template!.replaceAll(/\$\{[^}]*\}/g, ' ')).split(/\s+/))
    .filter((name) => name !== '');
}

test('what a module has rules for', () => {
  expect(classesOf('.a .b:hover > :global(.c), @media (x) { .d.a { width: 0.5rem } } /* .e */')).toEqual([
    'a',
    'b',
    'd',
  ]);
});

test('modules have names of their own, by which they are typed', () => {
  const names = modules.map((file) => basename(file));
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(modules)('every class of %s is used', (module) => {
  const users = usersOf(module);
  const unused = classesOf(readFileSync(module, 'utf8')).filter(
    (name) => !users.some((user) => new RegExp(`\\b${user.name}\\.${name}\\b`).test(user.text)),
  );
  expect(unused).toEqual([]);
});

test('global classes are used, and those that are used have rules', () => {
  const ruled = globalSheets.flatMap((file) => classesOf(readFileSync(file, 'utf8')));
  const written = components.flatMap(({ text }) => literalClasses(text));
  expect([...new Set(written)].filter((name) => !ruled.includes(name))).toEqual([]);
  const anywhere = components.map(({ text }) => text).join('\n');
  expect(ruled.filter((name) => !new RegExp(`[\\s"'\`]${name}[\\s"'\`]`).test(anywhere))).toEqual([]);
});

/** `npx vitest run src/testing/css-modules.test.ts -u` writes them. */
test('the declarations list every class', async () => {
  const declarations = modules.map((module) => {
    const names = classesOf(readFileSync(module, 'utf8')).map((name) => `  readonly ${name}: string;\n`);
    return `declare module '*/${basename(module)}' {\n  const styles: {\n${names.map((line) => `  ${line}`).join('')}  };\n  export default styles;\n}\n`;
  });
  const head = '// Written by css-modules.test.ts: the classes of every style sheet beside a component.\n\n';
  await expect(head + declarations.join('\n')).toMatchFileSnapshot('../app/css-modules.d.ts');
});
