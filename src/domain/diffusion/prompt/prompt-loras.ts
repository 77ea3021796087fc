/**
 * `<lora:name:0.8>` in a prompt: taken out of the text that is drawn. As AUTOMATIC1111 reads it
 * (https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/extra_networks.py): the first number is the text encoder's
 * weight, the second the UNet's, one alone is both, none is 1; `te=…` and `unet=…` name them. Of two tags of one name the last counts.
 */

export interface PromptLora {
  readonly name: string;
  readonly unetWeight: number;
  readonly textWeight: number;
}

export interface PromptWithLoras {
  /** Without the tags and otherwise as it was, so that it has the tokens that it has there. */
  readonly text: string;
  readonly loras: readonly PromptLora[];
  /** Tags that cannot be read, as they were written: `<lora:name:strong>`. They stay in no text. */
  readonly unreadable: readonly string[];
}

const tag = /<(?:lora|lyco):([^>]*)>/gi;

export function readPromptLoras(prompt: string): PromptWithLoras {
  const loras = new Map<string, PromptLora>();
  const unreadable: string[] = [];
  const text = prompt.replace(tag, (whole, inside: string) => {
    const lora = readTag(inside);
    if (lora) loras.set(lora.name, lora);
    else unreadable.push(whole);
    return '';
  });
  return { text, loras: [...loras.values()], unreadable };
}

function readTag(inside: string): PromptLora | null {
  const [name = '', ...parts] = inside.split(':').map((part) => part.trim());
  const named = new Map<string, string>();
  const plain: string[] = [];
  for (const part of parts) {
    const [key, value] = part.split('=', 2);
    if (value === undefined) plain.push(part);
    else named.set(key!.trim().toLowerCase(), value.trim());
  }
  const textWeight = weightOf(named.get('te') ?? plain[0] ?? '1');
  const unetWeight = weightOf(named.get('unet') ?? plain[1] ?? named.get('te') ?? plain[0] ?? '1');
  if (name === '' || textWeight === null || unetWeight === null) return null;
  return { name, unetWeight, textWeight };
}

function weightOf(text: string): number | null {
  const value = text === '' ? 1 : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** The tag that a prompt gets for it; a weight of 1 is written too, as A1111's own buttons do. */
export function loraTag({ name, unetWeight, textWeight }: PromptLora): string {
  const weights = unetWeight === textWeight ? `${unetWeight}` : `${textWeight}:${unetWeight}`;
  return `<lora:${name}:${weights}>`;
}

/** The prompt with this tag: in the place of the last one of its name, else at the end. */
export function withLora(prompt: string, lora: PromptLora): string {
  const found = tagsOf(prompt, lora.name);
  const last = found.at(-1);
  if (!last) return `${prompt}${/\S$/.test(prompt) ? ' ' : ''}${loraTag(lora)}`;
  const before = found.slice(0, -1).reduceRight((text, each) => cut(text, each), prompt.slice(0, last.start));
  return before + loraTag(lora) + prompt.slice(last.end);
}

/** Without its tags, and the space before each. */
export const withoutLora = (prompt: string, name: string): string =>
  tagsOf(prompt, name).reduceRight((text, each) => cut(text, each), prompt);

interface Place {
  readonly start: number;
  readonly end: number;
}

function tagsOf(prompt: string, name: string): readonly Place[] {
  return [...prompt.matchAll(tag)].flatMap(({ 0: whole, 1: inside, index }) =>
    inside!.split(':', 1)[0]!.trim() === name ? [{ start: index, end: index + whole.length }] : [],
  );
}

function cut(text: string, { start, end }: Place): string {
  const from = text[start - 1] === ' ' ? start - 1 : start;
  return text.slice(0, from) + text.slice(end);
}
