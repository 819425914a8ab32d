/** Rules of building and deploying: continuous integration, images, pinned versions, what is checked in by mistake. */
import type { Finding } from '../../contract/review-report.ts';
import type { SourceFile, Sources } from './sources.ts';
import { byLines, placeFor } from './sources.ts';

const image = /(?:^|\/)(?:[\w.-]+\.)?Dockerfile$|(?:^|\/)Dockerfile\.[\w-]+$/;
const locks: readonly [manifest: string, ...locks: string[]][] = [
  [
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
  ],
  ['pyproject.toml', 'poetry.lock', 'uv.lock', 'pdm.lock', 'requirements.txt'],
  ['Cargo.toml', 'Cargo.lock'],
  ['go.mod', 'go.sum'],
];

export function devops(sources: Sources): Finding[] {
  const { paths, files } = sources;
  const hasCi = [...paths].some((path) =>
    /^\.github\/workflows\/|^\.gitlab-ci\.yml$|^\.circleci\/|^azure-pipelines\.yml$|^Jenkinsfile$|^\.buildkite\//.test(
      path,
    ),
  );
  const at = placeFor(sources, 'package.json', 'pyproject.toml', 'Cargo.toml', 'go.mod', 'README.md');
  const missing = (title: string, detail: string, file = at): Finding => ({
    severity: 'medium',
    file,
    line: 1,
    title,
    detail,
  });
  return [
    ...(hasCi
      ? []
      : [
          missing(
            'No continuous integration',
            'Nothing runs the tests on each change: add a workflow that does.',
          ),
        ]),
    ...(paths.has('.gitignore')
      ? []
      : [missing('No .gitignore', 'What is built or holds secrets is checked in sooner or later.')]),
    ...locks.flatMap(([manifest, ...names]) =>
      paths.has(manifest) && !names.some((name) => paths.has(name))
        ? [
            missing(
              `No lockfile beside ${manifest}`,
              'Every installation may get other versions: check the lockfile in.',
              manifest,
            ),
          ]
        : [],
    ),
    ...[...paths]
      .filter((path) => /(?:^|\/)\.env(?:\.(?:local|production|prod))?$/.test(path))
      .map(
        (file): Finding => ({
          severity: 'high',
          file,
          line: 1,
          title: 'An environment file is checked in',
          detail: 'Take it out of the history, change what stands in it, and leave an example in its place.',
        }),
      ),
    ...files.filter(({ path }) => image.test(path)).flatMap(imageFaults),
    ...byLines(sources, [
      {
        severity: 'medium',
        files: image,
        line: /^\s*RUN\b.*\bnpm (?:i|install)\b(?!.*-g)/,
        title: 'npm install in an image',
        detail: 'npm ci installs what the lockfile says.',
      },
      {
        severity: 'medium',
        files: /^\.github\/workflows\//,
        line: /uses:\s*[^@\s]+@(?:main|master|latest)\b/,
        title: 'An action that can change under you',
        detail: 'Pin it to a version, or better to a commit.',
      },
      {
        severity: 'high',
        files: /\.(?:sh|ya?ml)$|Dockerfile/,
        line: /\b(?:curl|wget)\b[^|]*\|\s*(?:sudo\s+)?(?:ba)?sh\b/,
        title: 'What was just downloaded is run',
        detail: 'Download it, check its hash, run it then.',
      },
    ]),
  ];
}

function imageFaults({ path, lines }: SourceFile): Finding[] {
  const last = lines.findLastIndex((line) => /^\s*FROM\b/i.test(line));
  const froms = lines.flatMap((line, at): Finding[] => {
    const [, from = ''] = /^\s*FROM\s+(?:--\S+\s+)?(\S+)/i.exec(line) ?? [];
    const isPinned = from === '' || from === 'scratch' || /@sha256:|:(?!latest$)[\w.-]+$/.test(from);
    const isStage = lines
      .slice(0, at)
      .some((other) => new RegExp(`\\bAS\\s+${from.replace(/\W/g, '\\$&')}\\s*$`, 'i').test(other));
    if (isPinned || isStage) return [];
    return [
      {
        severity: 'medium',
        file: path,
        line: at + 1,
        title: `The image ${from} is not pinned`,
        detail: 'Name a version, so that the next build is the same one.',
      },
    ];
  });
  const hasUser = lines.slice(Math.max(0, last)).some((line) => /^\s*USER\s+(?!root\b|0\b)/i.test(line));
  if (last < 0 || hasUser) return froms;
  return [
    ...froms,
    {
      severity: 'medium',
      file: path,
      line: last + 1,
      title: 'The image runs as root',
      detail: 'Add a USER.',
    },
  ];
}
