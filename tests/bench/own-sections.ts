/** The parts of `docs/benchmarks.md` that scripts of their own write, and that `npm run bench` leaves as they are. */

const scripts = ['bench:ui', 'bench:channels'] as const;
export type Script = (typeof scripts)[number];

const beginOf = (script: Script) => `<!-- written by npm run ${script} -->`;
const endOf = (script: Script) => `<!-- end of what npm run ${script} writes -->`;

/** The page with this as the part of that script, in place of what was there. */
export function withOwnSection(page: string, script: Script, section: string): string {
  const rest = withoutSection(page, script).trimEnd();
  return `${rest}\n\n${beginOf(script)}\n\n${section.trim()}\n\n${endOf(script)}\n`;
}

/** A page that was written anew, with the parts of the scripts that the old one had. */
export function keepOwnSections(page: string, before: string): string {
  return scripts.reduce((kept, script) => {
    const [, section] = before.split(beginOf(script));
    return section === undefined ? kept : withOwnSection(kept, script, section.split(endOf(script))[0] ?? '');
  }, page);
}

function withoutSection(page: string, script: Script): string {
  const [head = '', section] = page.split(beginOf(script));
  return section === undefined ? page : `${head}${section.split(endOf(script))[1] ?? ''}`;
}
