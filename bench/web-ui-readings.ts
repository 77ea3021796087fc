/**
 * Lists every broken recipe and prompt that this page reads in another way than AUTOMATIC1111's web UI, with the reason; fails where there is
 * none. `npx tsx bench/web-ui-readings.ts`; with `texts FILE` or `prompts FILE` it writes what `e2e/golden/tools/web_ui_readings.py` is given,
 * with `keep TEXTS PROMPTS` it makes `e2e/golden/web-ui-readings.json` of what that wrote.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  brokenPrompts,
  brokenTexts,
  differences,
  digest,
  ourPrompt,
  ourText,
  type PromptReading,
  type TextReading,
  type WebUiReadings,
} from '../src/testing/web-ui-readings.ts';

const [command = 'list', ...files] = process.argv.slice(2);

if (command === 'keep') keep(files[0]!, files[1]!);
else if (command === 'list') list();
else writeFileSync(files[0]!, JSON.stringify(command === 'texts' ? brokenTexts() : brokenPrompts()));

function list(): void {
  const all = [...differences('texts'), ...differences('prompts')];
  const byReason = new Map<string, string[]>();
  for (const { text, reasons } of all)
    for (const reason of reasons.length === 0 ? [undefined] : reasons) {
      const key = reason ?? 'UNEXPLAINED';
      byReason.set(key, [...(byReason.get(key) ?? []), text]);
    }
  for (const [reason, texts] of byReason) {
    process.stdout.write(`\n${texts.length} × ${reason}\n`);
    for (const text of texts) process.stdout.write(`  ${JSON.stringify(text)}\n`);
  }
  process.exitCode = byReason.has('UNEXPLAINED') ? 1 : 0;
}

function keep(textsFile: string, promptsFile: string): void {
  const theirTexts = JSON.parse(readFileSync(textsFile, 'utf8')) as TextReading[];
  const theirPrompts = JSON.parse(readFileSync(promptsFile, 'utf8')) as PromptReading[];
  const readings: WebUiReadings = {
    about:
      "How AUTOMATIC1111's web UI reads the broken texts of src/testing/broken-texts.ts: digests of all its readings (src/testing/web-ui-readings.ts), and those that differ from ours.",
    textDigests: theirTexts.map(digest).join(''),
    promptDigests: theirPrompts.map(digest).join(''),
    texts: differing(brokenTexts(), theirTexts, (text) => ourText(text).reading),
    prompts: differing(brokenPrompts(), theirPrompts, ourPrompt),
  };
  const path = join(import.meta.dirname, '../e2e/golden/web-ui-readings.json');
  writeFileSync(path, `${JSON.stringify(readings)}\n`);
}

function differing<Reading extends TextReading | PromptReading>(
  texts: readonly string[],
  theirs: readonly Reading[],
  read: (text: string) => Reading,
): Record<string, Reading> {
  const found = theirs.flatMap((reading, at) =>
    digest(read(texts[at]!)) === digest(reading) ? [] : [[String(at), reading] as const],
  );
  return Object.fromEntries(found);
}
