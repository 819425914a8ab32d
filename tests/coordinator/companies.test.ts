/** The companies of a folder: created wholly or not at all, found by what a person types, each opened or reported. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../src/log/sqlite/connection.ts';
import { databaseVersion } from '../../src/log/sqlite/migrate.ts';
import { smallCompany } from './kit.ts';
import type { SessionHost } from './session-host.ts';
import { createSmall, openSessionHost } from './session-host.ts';

async function withCompanies(...names: string[]): Promise<SessionHost> {
  const host = await openSessionHost();
  for (const name of names) await createSmall(host, name);
  return host;
}

describe('create', () => {
  it('makes a folder with the company’s own id, from a template or a file', async () => {
    const host = await openSessionHost();
    const startup = await host.companies.create({ template: 'startup' }, null);
    const small = await createSmall(host, 'Mine');
    expect((await readdir(host.folder)).sort()).toEqual([startup.id, small.id].sort());
    expect(await host.companies.list()).toEqual([
      { id: small.id, name: 'Mine', template: 'custom' },
      { id: startup.id, name: 'Startup', template: 'startup' },
    ]);
    expect(host.companies.get(small.id)).toBe(small);
    const { workflows } = await (await host.owner('Startup')).query('snapshot', {});
    expect(workflows.map(({ id }) => id)).toContain('feature');
  });

  it('refuses a name that is taken, also when two ask at once', async () => {
    const host = await openSessionHost();
    const results = await Promise.allSettled([createSmall(host, 'Acme'), createSmall(host, 'ACME')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'COMPANY_EXISTS' } });
    expect(await readdir(host.folder)).toHaveLength(1);
  });

  it('leaves nothing behind when the file is refused', async () => {
    const host = await openSessionHost();
    const departments = [{ name: 'qa', teams: [{ name: 'a', members: [{ name: 'x', role: 'wizard' }] }] }];
    await expect(host.companies.create({ file: { name: 'Bad', departments } }, null)).rejects.toMatchObject({
      message: expect.stringContaining('wizard'),
    });
    await expect(host.companies.create({ template: 'nothing' }, null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(host.companies.create({ file: { name: 7 } as never }, null)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(await readdir(host.folder)).toEqual([]);
    await createSmall(host, 'Bad');
  });

  it('tells who listens of each company that is open', async () => {
    const host = await withCompanies('First');
    const opened: string[] = [];
    const forget = host.companies.onOpen(({ id }) => opened.push(id));
    const second = await createSmall(host, 'Second');
    forget();
    await createSmall(host, 'Third');
    expect(opened).toEqual([host.companies.all()[0]?.id, second.id]);
  });
});

describe('open', () => {
  it('opens every company there is, with all that it held', async () => {
    const host = await withCompanies('One', 'Two');
    const before = await (await host.owner('Two')).query('snapshot', {});
    await host.companies.close();
    const again = await openSessionHost(host.folder);
    expect((await again.companies.list()).map(({ name }) => name)).toEqual(['One', 'Two']);
    expect(await (await again.owner('Two')).query('snapshot', {})).toEqual(before);
  });

  it('sweeps away what an interrupted creation left, and nothing else', async () => {
    const host = await withCompanies('One');
    await host.companies.close();
    await mkdir(path.join(host.folder, '.new-company_0123456789', 'artifacts'), { recursive: true });
    await writeFile(path.join(host.folder, 'notes.txt'), 'mine');
    const again = await openSessionHost(host.folder);
    expect(await again.companies.list()).toHaveLength(1);
    expect((await readdir(host.folder)).sort()).toEqual([again.companies.all()[0]?.id, 'notes.txt'].sort());
  });

  it('reports a company that can’t be opened, and opens the others', async () => {
    const host = await withCompanies('Old', 'New');
    const newer = await host.companies.find('New');
    await host.companies.close();
    if (!newer) throw new Error('New is not there');
    const database = openConnection(path.join(newer.folder, 'log.sqlite'));
    database.pragma(`user_version = ${databaseVersion + 1}`);
    database.close();

    const again = await openSessionHost(host.folder);
    expect(again.companies.failed).toMatchObject([{ id: newer.id, error: { code: 'DATABASE_TOO_NEW' } }]);
    expect(await again.companies.find(null)).toBe(again.companies.all()[0]);
    await expect(again.companies.find(newer.id)).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW' });
  });

  it('says why when the only company can’t be opened', async () => {
    const host = await withCompanies('Only');
    const [only] = host.companies.all();
    await host.companies.close();
    await writeFile(path.join(only?.folder ?? '', 'log.sqlite'), 'garbage, not a database, '.repeat(100));
    const again = await openSessionHost(host.folder);
    await expect(again.companies.find(null)).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
    await expect(again.owner()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('takes an empty log for damage, not for a new company', async () => {
    const host = await withCompanies('Only');
    const [only] = host.companies.all();
    await host.companies.close();
    await writeFile(path.join(only?.folder ?? '', 'log.sqlite'), '');
    const again = await openSessionHost(host.folder);
    expect(again.companies.failed).toMatchObject([
      { error: { code: 'DATABASE_DAMAGED', message: expect.stringContaining('holds no company') } },
    ]);
  });
});

describe('find', () => {
  it.each([
    ['the whole name', 'Acme', 'Acme'],
    ['the name in other letters', 'acme', 'Acme'],
    ['a beginning that only one has', 'gl', 'Globex'],
    ['a name that is the beginning of another', 'Acme', 'Acme'],
    ['a name of two words', 'Acme Two', 'Acme Two'],
  ])('takes %s', async (_what, wanted, name) => {
    const { companies } = await withCompanies('Acme', 'Acme Two', 'Globex');
    expect(await (await companies.find(wanted))?.details()).toMatchObject({ name });
  });

  it('takes an id, or the beginning of one', async () => {
    const { companies } = await withCompanies('Acme', 'Globex');
    const [first, second] = companies.all();
    expect(await companies.find(first?.id ?? '')).toBe(first);
    const length = [...(first?.id ?? '')].findIndex((letter, place) => letter !== second?.id[place]);
    expect(await companies.find(second?.id.slice(0, length + 1) ?? '')).toBe(second);
  });

  it('gives the only company when none is named, and none when there are none or several', async () => {
    const { companies } = await withCompanies('Acme');
    expect(await companies.find(null)).toBe(companies.all()[0]);
    expect(await (await openSessionHost()).companies.find(null)).toBeNull();
    expect(await (await withCompanies('A', 'B')).companies.find(null)).toBeNull();
  });

  it('says which there are when it can’t tell', async () => {
    const { companies } = await withCompanies('Acme', 'Acorn');
    await expect(companies.find('Ac')).rejects.toMatchObject({
      code: 'COMPANY_AMBIGUOUS',
      message: expect.stringMatching(/Acme \(company_.*Acorn \(company_/),
    });
    await expect(companies.find('Umbrella')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/“Umbrella”.*There are: Acme .*, Acorn/),
    });
    const nothing = await openSessionHost();
    await expect(nothing.companies.find('Acme')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Create one'),
    });
  });
});

it('keeps the raw file as it came', async () => {
  const file = structuredClone(smallCompany.file);
  const { companies } = await openSessionHost();
  await companies.create({ file }, 'Other name');
  expect(file).toEqual(smallCompany.file);
});
