/** Decides that a company stands on a version of its template, after it took what it wanted of that one. */
import type { CommandOf } from '../command.ts';
import type { OrgEvent } from './org-events.ts';

/** Also when nothing was taken: what was decided once is not asked again. */
export function decideMergeTemplate({ file }: CommandOf<'company.merge_template'>): OrgEvent[] {
  return [{ type: 'company.template_merged', base: file }];
}
