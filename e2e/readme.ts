import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export interface Example {
  readonly language: 'sh' | 'python';
  readonly code: string;
}

/** The examples of the README's part about the API, in order. */
export function apiExamples(): Example[] {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const part = /<!-- api -->(.*)<!-- \/api -->/s.exec(readme)?.[1] ?? '';
  return [...part.matchAll(/^```(sh|python)\n(.*?)^```$/gms)].map(([, language, code]) => ({
    language: language as Example['language'],
    code: code!,
  }));
}

/** Resolves to what it prints. Rejects when it fails: at its first command that does, for a shell. */
export async function runExample(
  { language, code }: Example,
  baseUrl: string,
  folder: string,
): Promise<string> {
  const here = code.replaceAll('http://localhost:8000', baseUrl);
  const [command, args] =
    language === 'sh' ? ['bash', ['-euo', 'pipefail', '-c', here]] : ['python3', ['-c', here]];
  const { stdout } = await promisify(execFile)(command, args, { cwd: folder, maxBuffer: 10_000_000 });
  return stdout;
}

export const hasRequests = () => spawnSync('python3', ['-c', 'import requests']).status === 0;
