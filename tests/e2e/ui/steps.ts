/** What a person does in the UI, step by step: the same in a browser and in the desktop app. */
import type { Locator, Page } from 'playwright-core';

const workWithinMs = 60_000;

/** From the first screen to the second: a company of the template, under the name. */
export async function foundCompany(page: Page, template: string, name: string): Promise<void> {
  await choose(page, new RegExp(`^${template}`));
  await page.getByLabel('Name of the company').fill(name);
  await page.getByRole('button', { name: 'Create company' }).click();
  await page.getByRole('heading', { name: 'Give it something to do' }).waitFor();
}

/** In the composer, wherever it is on the screen. */
export async function startEpic(page: Page, workflow: string, title: string): Promise<void> {
  await choose(page, new RegExp(`^${workflow}`));
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill('Ten design partners have asked for it.');
  await page.getByRole('button', { name: 'Start epic' }).click();
}

/** Opens a screen by its place in the sidebar, and waits until it is there. */
export async function openScreen(page: Page, name: string): Promise<void> {
  await askForScreen(page, name);
  const main = page.getByRole('main');
  await main.waitFor();
  // Its code and its data may be on their way: nothing of it is there to be looked at before.
  await main
    .getByRole('status', { name: /^(Loading|Reading)/ })
    .first()
    .waitFor({ state: 'hidden' });
}

/** Goes to a screen by its place in the sidebar, whether or not it will ever come. */
export async function askForScreen(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
}

/** Opens the first worker of those that run, or where none does any more, of those that have ended. */
export async function openWorker(page: Page): Promise<void> {
  await openScreen(page, 'Workers');
  const links = page.getByRole('navigation', { name: 'Workers' }).getByRole('link');
  for (const list of [/^Running/, /^Ended/]) {
    await choose(page, list);
    if ((await links.count()) > 0) return links.first().click();
  }
  throw new Error('no worker runs, and none has ended');
}

/** Waits until agents have signed theirs and the gate needs this person; gives its article. */
export async function gateThatNeedsYou(page: Page, name: string): Promise<Locator> {
  await openScreen(page, 'Gates');
  const group = page.getByRole('region', { name: 'Needs you' });
  await group.getByRole('link', { name: new RegExp(`^${name}`) }).click({ timeout: workWithinMs });
  const gate = page.getByRole('article', { name });
  await gate.getByRole('button', { name: /^Approve/ }).waitFor();
  return gate;
}

/** How many slots of the gate are filled, by those who signed them. */
export function signers(gate: Locator): Locator {
  return gate
    .getByRole('region', { name: 'Sign-offs' })
    .getByRole('listitem')
    .filter({ has: gate.page().getByRole('img', { name: /, (agent|human)$/ }) });
}

/** The whole hash that the gate is about. */
export async function signedHash(gate: Locator): Promise<string> {
  const button = gate.getByRole('button', { name: 'Copy the SHA-256 that is signed' });
  return (await button.locator('[title]').getAttribute('title')) ?? '';
}

/** Resolves when the home page says that the epic has reached the state. */
export async function epicIn(page: Page, title: string, state: string): Promise<void> {
  await openScreen(page, 'Home');
  await page
    .getByRole('region', { name: 'Epics' })
    .getByRole('link', { name: title })
    .filter({ hasText: state })
    .waitFor({ timeout: workWithinMs });
}

/** The radio itself lies hidden under its card. */
async function choose(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('radio', { name }).click({ force: true });
}

/** Loads the page anew at its home, with the focus on nothing. */
export async function loadHome(page: Page): Promise<void> {
  await page.evaluate(() => history.replaceState(null, '', '#/'));
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
}

/** By the Tab key alone, as somebody without a pointer comes to it; fails when it can't be reached within so many presses. */
export async function tabTo(page: Page, target: Locator, atMost = 60): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  await target.waitFor();
  for (let presses = 0; presses < atMost; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)} within ${atMost} presses`);
}

/** What the page says to those who do not see it. */
export function announced(page: Page, how: 'polite' | 'assertive'): Promise<string | null> {
  return page.locator(`[data-live-announcer] [aria-live=${how}]`).textContent();
}
