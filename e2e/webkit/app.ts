/** The app in WebKit, by roles and labels as far as a script can see them. */
import { expect } from '@playwright/test';
import type { Session } from './webdriver.ts';

/** Runs before each script: what a person finds by its name. */
const finders = `
  const shown = (element) => element.getClientRects().length > 0;
  const nameOf = (element) => (element.getAttribute('aria-label') ?? (element.labels?.[0] ?? element).textContent).trim();
  const named = (selector, name) => [...document.querySelectorAll(selector)].filter(shown).find((each) => nameOf(each) === name);
  const button = (name) => named('button, a[href]', name);
  const field = (name) => named('input, textarea', name);
  const pictures = () => [...document.querySelectorAll('[role=listbox] [role=option]')];
`;

/** In one thread, without a GPU. */
const smallPx = 64;

export class WebkitApp {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  run<T>(body: string, ...args: unknown[]): Promise<T> {
    return this.session.run<T>(finders + body, ...args);
  }

  async open(url: string): Promise<void> {
    await this.session.goTo(`${url}?backend=wasm`);
    await this.until(`return field('Prompt') !== undefined`);
  }

  /** Waits until a script gives true. */
  async until(body: string, ...args: unknown[]): Promise<void> {
    const seen = () => this.run<boolean>(body, ...args).catch(() => false); // The page may be loading anew.
    await expect.poll(seen, { message: body, timeout: 200_000 }).toBe(true);
  }

  async press(name: string): Promise<void> {
    await this.until(
      `return button(args[0])?.disabled === false || button(args[0])?.localName === 'a'`,
      name,
    );
    await this.run(`button(args[0]).click()`, name);
  }

  /** Typed with real keys over what stands there. */
  async fill(name: string, text: string): Promise<void> {
    await this.until(`return field(args[0]) !== undefined`, name);
    await this.run(`const box = field(args[0]); box.focus(); box.select()`, name);
    await this.session.type(text);
    await this.until(`return field(args[0]).value === args[1]`, name, text);
  }

  value(name: string): Promise<string> {
    return this.run<string>(`return field(args[0])?.value ?? ''`, name);
  }

  async openAdvanced(): Promise<void> {
    if (await this.run<boolean>(`return field('Steps') === undefined`)) await this.press('Advanced');
    await this.until(`return field('Steps') !== undefined`);
  }

  /** Presses Generate and waits for the picture. */
  async generate(prompt: string, steps: number, seed: number): Promise<void> {
    await this.fill('Prompt', prompt);
    await this.openAdvanced();
    await this.fill('Steps', String(steps));
    await this.fill('Seed', String(seed));
    for (const side of ['Width', 'Height']) await this.fill(side, String(smallPx));
    const before = await this.run<number>(`return pictures().length`);
    await this.press('Generate');
    await this.until(`return pictures().length === args[0]`, before + 1);
  }

  async drop(name: string, type: string, bytes: Buffer): Promise<void> {
    await this.run(
      `const bytes = Uint8Array.from(atob(args[2]), (letter) => letter.charCodeAt(0));
       const dataTransfer = new DataTransfer();
       dataTransfer.items.add(new File([bytes], args[0], { type: args[1] }));
       document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));`,
      name,
      type,
      bytes.toString('base64'),
    );
  }
}
