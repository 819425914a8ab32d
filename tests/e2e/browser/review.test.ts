/** A review that is started in the browser: the six are followed, and the report is read with each finding at its file and line. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen } from '../ui/steps.ts';
import { companyFrom } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const large = { width: 1440, height: 900 };
const small = { width: 700, height: 900 };

/** A small shop with known faults. */
async function faultyFolder(): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'shop');
  const files = {
    'package.json': '{\n  "name": "shop",\n  "dependencies": {\n    "left-pad": "*"\n  }\n}\n',
    Dockerfile: 'FROM node:latest\nRUN npm install\n',
    'src/a.js': "import { b } from './b.js';\nexport const a = () => eval(b);\n",
    'src/b.js': "import { a } from './a.js';\nexport const b = '1';\n// TODO finish\n",
  };
  await mkdir(path.join(folder, 'src'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

it('is started, followed and read', { timeout: 240_000 }, async () => {
  const folder = await faultyFolder();
  const { page, complaints } = await openServedPage({
    prepare: companyFrom('startup'),
    args: ['--workers', '0'],
  });
  await openScreen(page, 'Reviews');
  await page.getByText('Nothing has been reviewed yet').waitFor();
  await photograph(page, 'browser', 'reviews-empty', [large, small]);
  expect(await violations(page)).toEqual([]);
  const start = page.getByRole('button', { name: 'Review it' });
  expect(await start.isDisabled()).toBe(true);
  await page.getByLabel('Folder').fill('/nowhere/at/all');
  await start.click();
  await page.getByText(/There is no folder \/nowhere\/at\/all to review/).waitFor();

  await page.getByLabel('Folder').fill(folder);
  await start.click();
  const report = page.getByRole('article', { name: folder });
  await report.getByText('under way').waitFor();
  const six = report.getByRole('region', { name: 'The six' });
  await six.getByRole('button', { name: /Security review/ }).waitFor({ timeout: 120_000 });
  expect(await six.getByRole('button').count()).toBe(6);
  await photograph(page, 'browser', 'reviews-running', [large]);
  expect(await violations(page)).toEqual([]);
  await report.getByRole('region', { name: 'Summary' }).waitFor({ timeout: 120_000 });
  await report.getByText('src/a.js:2', { exact: true }).first().waitFor();
  await photograph(page, 'browser', 'reviews-report', [large, small]);
  expect(await violations(page)).toEqual([]);

  await six.getByRole('button', { name: /DevOps review/ }).click();
  const findings = report.getByRole('region', { name: /^Findings/ });
  await findings.getByText('Dockerfile:1', { exact: true }).first().waitFor();
  expect(await findings.getByText('src/a.js:2', { exact: true }).count()).toBe(0);
  expect((await readdir(folder)).sort()).toEqual(['Dockerfile', 'package.json', 'src']);
  expect(complaints).toEqual([]);
});
