/** A picture being changed, as a person sees it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

export class PaintApp {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get stage(): Locator {
    return this.page.getByRole('group', { name: 'Picture to paint on' });
  }

  button(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true });
  }

  async open(tool: 'Paint over' | 'Widen' | 'Enlarge'): Promise<void> {
    await this.page.getByRole('button', { name: tool, exact: true }).click();
    await expect(this.dialog.getByRole('heading', { name: tool })).toBeVisible();
  }

  /** Where a spot of the picture is seen; `x` and `y` 0 … 1 of it. */
  async spot(x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
    const box = (await this.stage.locator('img').boundingBox())!;
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  async stroke(...path: readonly (readonly [number, number])[]): Promise<void> {
    const [first, ...others] = await Promise.all(path.map(([x, y]) => this.spot(x, y)));
    await this.page.mouse.move(first!.x, first!.y);
    await this.page.mouse.down();
    for (const { x, y } of others) await this.page.mouse.move(x, y, { steps: 3 });
    await this.page.mouse.up();
  }

  /** Per cent of the picture that will change. */
  async share(): Promise<number> {
    const said = await this.dialog.getByText(/of the picture will change|Nothing is painted/).textContent();
    return Number(/^([\d.]+)\s?% of the picture/.exec(said ?? '')?.[1] ?? 0);
  }

  async expectNoViolations(): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).include('[role="dialog"]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
      [],
    );
  }
}
