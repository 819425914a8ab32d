/** Three versions of a company become one: what only one side changed is taken, what both changed is a conflict. */
import { expect, it } from 'vitest';
import { mergeCompanyFiles } from '../../../../src/core/org/chart/merge-company-files.ts';
import type { CompanyFile, CompanyFileInput } from '../../../../src/core/org/company-file.ts';
import { companyFileSchema } from '../../../../src/core/org/company-file.ts';

type Members = NonNullable<
  NonNullable<NonNullable<CompanyFileInput['departments']>[number]['teams']>[number]['members']
>;

function file(members: Members, more: Partial<CompanyFileInput> = {}): CompanyFile {
  return companyFileSchema.parse({
    name: 'Acme',
    departments: [{ name: 'qa', teams: [{ name: 't', lead: 'a', members }] }],
    ...more,
  });
}
const a = { name: 'a', role: 'qa_lead' };
const b = { name: 'b', role: 'qa_eng' };
const c = { name: 'c', role: 'qa_eng' };
const namesIn = ({ departments }: CompanyFile) =>
  departments.flatMap(({ teams }) => teams.flatMap(({ members }) => members.map(({ name }) => name)));

it('takes what only one side changed, from both', () => {
  const { file: merged, conflicts } = mergeCompanyFiles(
    file([a, b]),
    file([a, { ...b, tags: ['mine'] }]),
    file([a, { ...b, max_concurrent: 3 }, c], { version: 2, name: 'Template' }),
  );
  expect(conflicts).toEqual([]);
  expect(merged).toMatchObject({ name: 'Acme', version: 2 });
  expect(merged.departments[0]?.teams[0]).toMatchObject({
    lead: 'a',
    members: [{ name: 'a' }, { name: 'b', tags: ['mine'], max_concurrent: 3 }, { name: 'c' }],
  });
});

it('keeps gone what the company removed, and removes what the template removed', () => {
  const { file: merged, conflicts } = mergeCompanyFiles(file([a, b, c]), file([a, c]), file([a, b]));
  expect(conflicts).toEqual([]);
  expect(namesIn(merged)).toEqual(['a']);
});

it('names what both changed, keeps the company’s own unless told otherwise', () => {
  const base = file([a, b]);
  const ours = file([a, { ...b, role: 'em' }]);
  const theirs = file([a, { ...b, role: 'pm' }]);
  const { file: merged, conflicts } = mergeCompanyFiles(base, ours, theirs);
  expect(conflicts).toEqual([{ about: 'member b: role', base: 'qa_eng', ours: 'em', theirs: 'pm' }]);
  expect(merged.departments[0]?.teams[0]?.members[1]?.role).toBe('em');
  const chosen = mergeCompanyFiles(base, ours, theirs, new Map([['member b: role', 'theirs']]));
  expect(chosen.file.departments[0]?.teams[0]?.members[1]?.role).toBe('pm');
});

it('asks when one removed what the other changed, and drops a lead who is gone', () => {
  const base = file([a, b]);
  const { file: merged, conflicts } = mergeCompanyFiles(base, file([b]), file([{ ...a, tags: ['x'] }, b]));
  expect(conflicts).toMatchObject([{ about: 'member a', ours: null }]);
  expect(namesIn(merged)).toEqual(['b']);
  expect(merged.departments[0]?.teams[0]?.lead).toBeUndefined();
  const kept = mergeCompanyFiles(
    base,
    file([b]),
    file([{ ...a, tags: ['x'] }, b]),
    new Map([['member a', 'theirs']]),
  );
  expect(namesIn(kept.file).sort()).toEqual(['a', 'b']);
});
