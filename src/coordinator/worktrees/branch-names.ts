/** What the branches of epics and tasks are called: by their title when they were made, and by their id for ever. */
import { gitLine } from './git.ts';
import type { Repository } from './repository.ts';

/** The branch with this id in its name, whatever the title is by now, or a new name. */
export async function branchFor(
  repository: Repository,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<string> {
  const refs = await gitLine(repository.call, [
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads/agentcoord/',
  ]);
  const known = refs.split('\n').find((name) => name.endsWith(`-${id}`));
  return known ?? `agentcoord/${slug(title)}-${id}`;
}

function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'work' : words;
}
