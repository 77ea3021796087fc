import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Way } from './ways.ts';

/** Of one picture in one way. */
export interface Fact {
  readonly name: string;
  readonly passes: number;
  readonly ms: number;
  /** Of Exact in the same run. */
  readonly exactMs: number;
  readonly distance: number;
  readonly ssim: number;
  readonly edges: number;
}

/** As `training/evaluate.py judge` writes them, for each way. */
type Scores = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function printTable(
  folder: string,
  chosen: readonly Way[],
  miniature: ReadonlyMap<string, number>,
): void {
  const facts = readdirSync(join(folder, 'facts')).flatMap((file) =>
    readFileSync(join(folder, 'facts', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Fact),
  );
  const scoreFile = join(folder, 'scores.json');
  const scores = existsSync(scoreFile) ? (JSON.parse(readFileSync(scoreFile, 'utf8')) as Scores) : {};
  const heads = ['way', 'pictures', 'passes', 'share of time', 'distance', '… miniature', 'SSIM', 'edges'];
  const judged = ['subject', 'place', 'time of day'];
  process.stdout.write(`\n| ${[...heads, ...judged].join(' | ')} |\n|${' --- |'.repeat(11)}\n`);
  for (const { name } of chosen) {
    const own = facts.filter((fact) => fact.name === name);
    if (own.length === 0) continue;
    const percent = (key: string) => {
      const value = scores[name]?.[key];
      return value === undefined ? '' : `${(100 * value).toFixed(1)} %`;
    };
    const row = [
      name,
      String(own.length),
      own[0]!.passes.toFixed(0),
      (sum(own, 'ms') / sum(own, 'exactMs')).toFixed(2),
      (sum(own, 'distance') / own.length).toFixed(3),
      miniature.get(name)?.toFixed(3) ?? '',
      (sum(own, 'ssim') / own.length).toFixed(3),
      (sum(own, 'edges') / own.length).toFixed(3),
      ...judged.map(percent),
    ];
    process.stdout.write(`| ${row.join(' | ')} |\n`);
  }
}

const sum = (facts: readonly Fact[], key: Exclude<keyof Fact, 'name'>) =>
  facts.reduce((total, fact) => total + fact[key], 0);
