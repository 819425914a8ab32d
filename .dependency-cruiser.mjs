/**
 * Who may import whom, as errors. Read the two tables; the rules below are derived from them.
 * The picture that they enforce is in ARCHITECTURE.md.
 */

/** What a host or a program finds ready to wire together; none of these knows another. */
const neighbours = ['coordinator', 'log', 'rpc', 'launchers', 'runners', 'plugin-host', 'template', 'client'];
const shared = ['contract', 'core'];

/** Each folder of src/ and the folders that it may import. */
const layers = {
  core: [],
  contract: ['core'],
  /** Ends processes and trims environments, for whoever starts some. */
  process: [],

  coordinator: shared,
  log: shared,
  rpc: shared,
  launchers: [...shared, 'process'],
  runners: [...shared, 'process'],
  'plugin-host': [...shared, 'process'],
  template: shared,
  /** Of serve only where a running host is found. */
  client: [...shared, 'rpc', 'serve/host-file', 'serve/data-directory'],

  preload: shared,
  /** Of template only what reads and writes the text of files: pure, and loaded when somebody looks at YAML. */
  renderer: [
    ...shared,
    'rpc/client',
    'template/company-text',
    'template/read-company-file',
    'template/workflow-text',
    'template/read-workflow-file',
    'template/yaml-source',
  ],

  worker: [...shared, 'rpc', 'client', 'runners', 'process'],
  /** Of the command line only how text is made safe and measured for a terminal; of template a company on trial: pure. */
  tui: [
    ...shared,
    'rpc',
    'client',
    'cli/output/plain-text',
    'cli/output/time-text',
    'template/trial-company',
  ],
  mcp: [...shared, 'rpc', 'client'],
  serve: [...shared, ...neighbours, 'process'],
  cli: [...shared, ...neighbours, 'process', 'serve', 'client', 'mcp', 'tui'],
  main: [...shared, ...neighbours, 'process', 'serve'],
};

/** Each package that has a home, and the folders of src/ that may import it. */
const homes = {
  electron: ['main', 'preload'],
  'electron-updater': ['main'],
  'better-sqlite3': ['log/sqlite'],
  ioredis: ['log/redis'],
  '@napi-rs/keyring': ['serve'],
  '@opentelemetry/.+': ['serve/tracing'],
  ai: ['runners/llm'],
  '@ai-sdk/.+': ['runners/llm'],
  '@pydantic/genai-prices': ['runners/llm'],
  dockerode: ['launchers'],
  '@agentclientprotocol/.+': ['runners/cli-agent'],
  birpc: ['rpc'],
  ws: ['rpc'],
  yaml: ['template'],
  commander: ['cli'],
  '@modelcontextprotocol/.+': ['mcp'],
  ink: ['tui'],
  react: ['renderer', 'tui'],
  'react-dom': ['renderer'],
  'react-aria-components': ['renderer'],
  '@tanstack/.+': ['renderer'],
  wouter: ['renderer'],
  '@xyflow/.+': ['renderer'],
  '@xterm/.+': ['renderer'],
};

/** What speaks to a service, and the plugin that may import it: it is bundled into that alone. */
const pluginHomes = {
  '@slack/.+': 'slack',
  'discord.js': 'discord',
};

const folder = (names) => `^src/(${names.join('|')})[/.-]`;

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import ${['itself', ...allowed].join(', ')}, and no other folder of ours`,
  severity: 'error',
  from: { path: folder([layer]) },
  to: { path: '^(src|plugins|tests|build)/', pathNot: folder([layer, ...allowed]) },
}));

const homeRules = Object.entries(homes).map(([name, folders]) => ({
  name: `home-of-${name.replace(/\W+/g, '-')}`,
  comment: `only src/${folders.join(' and src/')} may import ${name}`,
  severity: 'error',
  from: { path: '^src/', pathNot: folder(folders) },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

const pluginHomeRules = Object.entries(pluginHomes).map(([name, plugin]) => ({
  name: `home-of-${name.replace(/\W+/g, '-')}`,
  comment: `only plugins/${plugin} may import ${name}`,
  severity: 'error',
  from: { path: '^(src|plugins)/', pathNot: `^plugins/${plugin}/` },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    ...homeRules,
    ...pluginHomeRules,
    {
      name: 'known-layers',
      comment: 'a new folder of src/ needs a line in the table of layers',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: folder(Object.keys(layers)) },
    },
    {
      name: 'core-only-zod',
      comment: 'core is pure: no Node, no package but zod',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { couldNotResolve: false, pathNot: ['node_modules/zod/', '^src/'] },
    },
    {
      name: 'plugins-through-the-public-api',
      comment: 'a plugin sees only the plugin contract',
      severity: 'error',
      from: { path: '^plugins/' },
      to: { path: '^(src|tests|build)/', pathNot: '^src/contract/plugin[/.-]' },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle means that two files are one job',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'nobody imports it and it imports nobody: dead',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['[.]d[.]ts$', '[.]test[.]tsx?$', '^tests/summary-reporter[.]ts$', '^build/'],
      },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'a module that nobody can find',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, dependencyTypesNot: ['core'] },
    },
    {
      name: 'declared',
      comment: 'a package that package.json does not name',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'product-without-tests',
      comment: 'what ships never imports tests or build scripts',
      severity: 'error',
      from: { path: '^(src|plugins|bin)/' },
      to: { path: '^(tests|build)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
