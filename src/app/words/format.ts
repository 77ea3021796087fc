/** Numbers, amounts, times and lists as people read them in one language. */

type Unit = 'kilobyte' | 'megabyte' | 'gigabyte' | 'second' | 'minute' | 'hour';
type Rule = Intl.LDMLPluralRule;

/** A phrase for each plural form of the language; `#` stands for the number. */
export type PluralForms = Partial<Record<Rule, string>> & { readonly other: string };

/** What `Intl` does not know, or words otherwise than the page does. */
export interface FormatWords {
  readonly units?: Partial<Record<Unit, string>>;
  readonly percent?: (number: string) => string;
  /** `3.1 of 21.4 MB` */
  readonly of: (part: string, whole: string) => string;
  /** `about 5 s left` */
  readonly left: (duration: string) => string;
}

const decimals = (value: number) => (String(Number(value.toFixed(2))).split('.')[1] ?? '').length;

export type Format = ReturnType<typeof createFormat>;

export function createFormat(locale: string, words: FormatWords) {
  const number = numbers(locale);
  const rules = new Intl.PluralRules(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

  const amount = (value: number, unit: Unit, digits = 0): string => {
    const own = words.units?.[unit];
    if (own !== undefined) return `${number(value, digits)} ${own}`;
    return number(value, digits, { style: 'unit', unit, unitDisplay: 'short' });
  };

  /** `1 h 30 min`, of whole seconds. */
  const minutes = (seconds: number): string => {
    const [whole, larger, rest, smaller] =
      seconds >= 3600
        ? ([
            Math.floor(Math.round(seconds / 60) / 60),
            'hour',
            Math.round(seconds / 60) % 60,
            'minute',
          ] as const)
        : ([Math.floor(seconds / 60), 'minute', seconds % 60, 'second'] as const);
    const long = amount(whole, larger);
    return rest === 0 && larger === 'minute' ? long : `${long} ${amount(rest, smaller)}`;
  };

  const wholeSeconds = (seconds: number) => (seconds < 60 ? amount(seconds, 'second') : minutes(seconds));

  return {
    number: (value: number, digits?: number) => number(value, digits),
    /** `1.3`, `0.91`, `2`: no more digits than it has, and two at most. */
    weight: (value: number) => number(value, decimals(value)),
    percent: (fraction: number) =>
      words.percent?.(number(Math.round(fraction * 100))) ?? number(fraction, 0, { style: 'percent' }),
    /** The phrase for this many, with the number in it. */
    count: (many: number, forms: PluralForms) =>
      (forms[rules.select(many)] ?? forms.other).replace('#', number(many)),
    list: (items: readonly string[]) => list.format(items),
    day: (ms: number) => days.format(ms),
    date: (ms: number) => dates.format(ms),
    size: (width: number, height: number) => `${plain(number, width)} × ${plain(number, height)}`,
    /** Without grouping: a seed, a side, a year. */
    plain: (value: number) => plain(number, value),
    bytes: (bytes: number) => amount(...byteAmount(bytes)),
    /** Of two amounts, in the unit of the larger: `3.1 of 21.4 MB`. */
    bytesOf: (doneBytes: number, totalBytes: number) => {
      const [, unit, digits] = byteAmount(totalBytes);
      return words.of(number(doneBytes / unitBytes[unit], digits), amount(...byteAmount(totalBytes)));
    },
    of: (part: number, whole: number) => words.of(number(part), number(whole)),
    seconds: (seconds: number) =>
      seconds < 10 ? amount(seconds, 'second', 1) : wholeSeconds(Math.round(seconds)),
    wholeSeconds: (seconds: number) => wholeSeconds(Math.ceil(seconds)),
    /** An estimate does not pretend to tenths: whole seconds, then steps of five, then minutes. */
    timeLeft: (ms: number) => words.left(wholeSeconds(roughSeconds(ms))),
  };
}

const plain = (number: ReturnType<typeof numbers>, value: number) =>
  number(value, undefined, { useGrouping: false });

function numbers(locale: string) {
  const made = new Map<string, Intl.NumberFormat>();
  /** With exactly `digits` after the point, or as many as there are. */
  return (value: number, digits?: number, options: Intl.NumberFormatOptions = {}): string => {
    const key = `${digits} ${options.style} ${options.unit} ${options.useGrouping}`;
    const fixed =
      digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const format = made.get(key) ?? new Intl.NumberFormat(locale, { ...fixed, ...options });
    made.set(key, format);
    return format.format(value);
  };
}

const unitBytes = { kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 } as const;

/** Amount, unit, digits after the point. */
function byteAmount(bytes: number): [number, keyof typeof unitBytes, number] {
  const megabytes = bytes / 1e6;
  if (megabytes >= 1000) return [megabytes / 1000, 'gigabyte', 2];
  if (megabytes >= 100) return [Math.round(megabytes), 'megabyte', 0];
  return megabytes >= 0.1 ? [megabytes, 'megabyte', 1] : [Math.ceil(bytes / 1000), 'kilobyte', 0];
}

function roughSeconds(ms: number): number {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds <= 10) return seconds;
  if (seconds < 55) return Math.ceil(seconds / 5) * 5;
  return Math.max(1, Math.round(seconds / 60)) * 60;
}
