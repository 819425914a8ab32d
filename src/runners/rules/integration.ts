/** Rules of integration: how the code meets other systems, and whether tests cover it. */
import type { Finding } from '../../contract/review-report.ts';
import type { SourceFile, Sources } from './sources.ts';
import { byLines, code, isTest, placeFor, scripts } from './sources.ts';

export function integration(sources: Sources): Finding[] {
  const { files } = sources;
  const written = files.filter(({ path }) => code.test(path));
  const tested = written.some(({ path }) => isTest(path));
  return [
    ...(tested || written.length === 0
      ? []
      : [
          {
            severity: 'high',
            file: placeFor(sources, written[0]?.path ?? ''),
            line: 1,
            title: 'No tests at all',
            detail: `Nothing tells whether the ${written.length} files work together: begin with what others call.`,
          } as const,
        ]),
    ...files.filter(({ path }) => path.endsWith('package.json')).flatMap(looseVersions),
    ...written.filter(({ path }) => scripts.test(path) && !isTest(path)).flatMap(callsWithoutEnd),
    ...unknownSettings(sources),
    ...byLines(sources, [
      {
        severity: 'medium',
        files: code,
        line: /['"`]https?:\/\/(?:localhost|127\.0\.0\.1|\d+\.\d+\.\d+\.\d+)[:/'"`]/,
        title: 'An address is written into the code',
        detail: 'Read it from the configuration, with this as its default.',
      },
      {
        severity: 'high',
        files: /[._-](?:test|spec)\.[cm]?[jt]sx?$/,
        line: /\b(?:describe|it|test)\.only\(/,
        inTests: true,
        title: 'Only this test runs',
        detail: 'Take .only out: the others are not run any more.',
      },
      {
        severity: 'low',
        files: /[._-](?:test|spec)\.[cm]?[jt]sx?$/,
        line: /\b(?:describe|it|test)\.skip\(|\bx(?:it|describe)\(/,
        inTests: true,
        title: 'A test that is skipped',
        detail: 'Mend it, or take it out.',
      },
    ]),
  ];
}

function looseVersions({ path, lines }: SourceFile): Finding[] {
  return lines.flatMap((line, at): Finding[] => {
    const [, name] = /^\s*"([^"]+)":\s*"(?:\*|latest|x|>=?[\d.]+)"/.exec(line) ?? [];
    if (!name) return [];
    return [
      {
        severity: 'medium',
        file: path,
        line: at + 1,
        title: `Any version of ${name} will do`,
        detail: 'A new major version breaks it without a change of yours: name a range.',
      },
    ];
  });
}

/** A call of `fetch` whose next lines name no signal. */
function callsWithoutEnd({ path, lines }: SourceFile): Finding[] {
  return lines.flatMap((line, at): Finding[] => {
    if (!/(?<![.\w])fetch\s*\(/.test(line) || /^\s*(?:\/\/|\*)|function\s+fetch/.test(line)) return [];
    if (/\bsignal\b/.test(lines.slice(at, at + 12).join('\n'))) return [];
    return [
      {
        severity: 'medium',
        file: path,
        line: at + 1,
        title: 'A request without an end',
        detail:
          'Give it a signal, such as AbortSignal.timeout(10_000): else it hangs as long as the other side does.',
      },
    ];
  });
}

/** Variables that the code reads and no document speaks of. */
function unknownSettings({ files }: Sources): Finding[] {
  const documents = files.filter(({ path }) => /\.(?:md|txt|ya?ml|toml)$|\.env\.\w+$/.test(path));
  const said = documents.map(({ lines }) => lines.join('\n')).join('\n');
  const found = new Map<string, Finding>();
  for (const { path, lines } of files) {
    if (!scripts.test(path) || isTest(path)) continue;
    for (const [at, line] of lines.entries()) {
      for (const [, name = ''] of line.matchAll(/process\.env(?:\.|\[['"])([A-Z][A-Z0-9_]{2,})/g)) {
        if (found.has(name) || said.includes(name) || ['NODE_ENV', 'PATH', 'HOME'].includes(name)) continue;
        found.set(name, {
          severity: 'low',
          file: path,
          line: at + 1,
          title: `${name} is read and nowhere explained`,
          detail: 'Say in the README what it does and what happens without it.',
        });
      }
    }
  }
  return [...found.values()];
}
