/** The texts of a workspace, as rules look at them. */
import type { GuardedWorkspace } from '../../contract/guarded-workspace.ts';
import type { Finding, Severity } from '../../contract/review-report.ts';

export interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface Sources {
  readonly files: readonly SourceFile[];
  /** Of all files, those that are no text included. */
  readonly paths: ReadonlySet<string>;
}

/** Larger ones nobody wrote by hand. */
const mostBytes = 1_000_000;

export async function readSources(guarded: Pick<GuardedWorkspace, 'list' | 'read'>): Promise<Sources> {
  const listed = await guarded.list();
  const files: SourceFile[] = [];
  for (const { path, bytes } of listed) {
    if (bytes > mostBytes) continue;
    const content = await guarded.read(path);
    if (content === null || content.includes(0)) continue;
    files.push({ path, lines: new TextDecoder().decode(content).split('\n') });
  }
  return { files, paths: new Set(listed.map(({ path }) => path)) };
}

/** One that a line shows by itself. */
export interface LineRule {
  readonly severity: Severity;
  readonly files: RegExp;
  readonly line: RegExp;
  /** A line that is harmless all the same. */
  readonly unless?: RegExp;
  /** Whether tests are looked at, too. */
  readonly inTests?: boolean;
  readonly title: string;
  readonly detail: string;
}

export const code = /\.(?:[cm]?[jt]sx?|py|rb|go|java|kt|cs|php|rs|sh)$/;
export const scripts = /\.[cm]?[jt]sx?$/;
export const python = /\.py$/;

export const isTest = (path: string): boolean =>
  /(?:^|\/)(?:tests?|__tests__|spec|e2e|fixtures)\/|[._-](?:test|spec)\.[a-z]+$|(?:^|\/)test_[^/]*\.py$/.test(
    path,
  );

/** What only talks about code is none. */
const isComment = (line: string): boolean => /^\s*(?:\/\/|\*|\/\*|#(?!!))/.test(line);

/** @param longest a line that is longer is data, and no rule reads it */
export function byLines({ files }: Sources, rules: readonly LineRule[], longest = 2_000): Finding[] {
  return files.flatMap(({ path, lines }) => {
    const own = rules.filter(
      ({ files: wanted, inTests = false }) => wanted.test(path) && (inTests || !isTest(path)),
    );
    if (own.length === 0) return [];
    return lines.flatMap((text, at) => {
      if (text.length > longest || isComment(text)) return [];
      return own
        .filter(({ line, unless }) => line.test(text) && !unless?.test(text))
        .map(({ severity, title, detail }) => ({ severity, file: path, line: at + 1, title, detail }));
    });
  });
}

/** The first of these files that is there, to point at. */
export function placeFor({ files, paths }: Sources, ...wanted: readonly string[]): string {
  return wanted.find((path) => paths.has(path)) ?? files[0]?.path ?? 'README.md';
}
