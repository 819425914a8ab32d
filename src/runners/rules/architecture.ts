/** Rules of architecture: how the files of a code base hang together. */
import type { Finding } from '../../contract/review-report.ts';
import type { SourceFile, Sources } from './sources.ts';
import { byLines, code, isTest, scripts } from './sources.ts';

const longFile = 500;
const manyImports = 25;

interface Import {
  readonly to: string;
  readonly line: number;
}

export function architecture(sources: Sources): Finding[] {
  const graph = new Map(
    sources.files
      .filter(({ path }) => scripts.test(path))
      .map((file): [string, Import[]] => [file.path, importsOf(file, sources.paths)]),
  );
  return [
    ...circles(graph),
    ...sources.files.filter(({ path }) => code.test(path) && !isTest(path)).flatMap(size),
    ...[...graph].flatMap(([file, imports]): Finding[] =>
      imports.length <= manyImports
        ? []
        : [
            {
              severity: 'medium',
              file,
              line: imports[0]?.line ?? 1,
              title: `It knows ${imports.length} other files`,
              detail: `More than ${manyImports}: it probably does several jobs. Take one of them out.`,
            },
          ],
    ),
    ...byLines(sources, [
      {
        severity: 'low',
        files: scripts,
        line: /from\s+['"](?:\.\.\/){4,}/,
        title: 'An import climbs four folders or more',
        detail: 'The file lies far from what it uses: move it, or give what it uses a name.',
      },
    ]),
  ];
}

function size({ path, lines }: SourceFile): Finding[] {
  if (lines.length <= longFile) return [];
  return [
    {
      severity: lines.length > 2 * longFile ? 'medium' : 'low',
      file: path,
      line: 1,
      title: `${lines.length} lines in one file`,
      detail: `More than ${longFile}: see which of its jobs could have a file of their own.`,
    },
  ];
}

/** Of its own files; `import type` binds nothing at run time. */
function importsOf({ path, lines }: SourceFile, paths: ReadonlySet<string>): Import[] {
  return lines.flatMap((text, at) => {
    const [, wanted] =
      /(?:^|\s)(?:import|export)\s+(?!type\b)[^'"]*?['"](\.{1,2}\/[^'"]+)['"]|require\(\s*['"](\.{1,2}\/[^'"]+)['"]/
        .exec(text)
        ?.filter(Boolean) ?? [];
    const to = wanted === undefined ? null : resolved(path, wanted, paths);
    return to === null || /^\s*(?:\/\/|\*)/.test(text) ? [] : [{ to, line: at + 1 }];
  });
}

function resolved(from: string, wanted: string, paths: ReadonlySet<string>): string | null {
  const parts = from.split('/').slice(0, -1);
  for (const part of wanted.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const base = parts.join('/');
  const bare = base.replace(/\.[cm]?js$/, '');
  const endings = ['', '.ts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '/index.ts', '/index.js'];
  return [base, ...endings.map((ending) => bare + ending)].find((path) => paths.has(path)) ?? null;
}

/** Each circle once, at the import that closes it. */
function circles(graph: ReadonlyMap<string, readonly Import[]>): Finding[] {
  const done = new Set<string>();
  const findings: Finding[] = [];
  for (const start of [...graph.keys()].sort()) {
    if (done.has(start)) continue;
    const trail: string[] = [];
    const ahead: { readonly file: string; next: number }[] = [{ file: start, next: 0 }];
    trail.push(start);
    for (let top = ahead.at(-1); top !== undefined; top = ahead.at(-1)) {
      const edge = (graph.get(top.file) ?? [])[top.next];
      top.next += 1;
      if (edge === undefined) {
        done.add(top.file);
        ahead.pop();
        trail.pop();
        continue;
      }
      const at = trail.indexOf(edge.to);
      if (at >= 0) {
        const circle = [...trail.slice(at), edge.to].join(' → ');
        findings.push({
          severity: 'high',
          file: top.file,
          line: edge.line,
          title: 'Files import each other in a circle',
          detail: `${circle}. Move what they share to a file that knows none of them.`,
        });
      } else if (!done.has(edge.to)) {
        ahead.push({ file: edge.to, next: 0 });
        trail.push(edge.to);
      }
    }
  }
  return findings;
}
