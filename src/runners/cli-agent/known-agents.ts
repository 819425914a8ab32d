/** The coding agents that are known by name: how each is started, and how it is told what to do. */
import type { LoginSigns } from './agent-login.ts';

export const agentNames = ['claude', 'codex', 'gemini', 'opencode', 'acp'] as const;
export type AgentName = (typeof agentNames)[number];

/** `acp`: by the Agent Client Protocol, which asks for permissions; `headless`: one prompt, one answer. */
export type AgentMode = 'acp' | 'headless';

export interface KnownAgent {
  readonly title: string;
  /** What says its version and whether it is there. */
  readonly program: string;
  /** The program that speaks the protocol, and its arguments. */
  readonly acp: readonly [string, ...string[]];
  /** The prompt comes on its standard input. */
  readonly headless: (model: string | null) => readonly string[];
  /** When nobody says how, and what speaks the protocol for it is not there. */
  readonly usual: AgentMode;
  readonly login: LoginSigns;
  /** Where the adapter that speaks the protocol comes from, when it is a program of its own. */
  readonly adapter: string | null;
}

export const knownAgents: { readonly [Name in Exclude<AgentName, 'acp'>]: KnownAgent } = {
  claude: {
    title: 'Claude Code',
    program: 'claude',
    acp: ['claude-agent-acp'],
    headless: (model) => [
      ...['claude', '-p', '--output-format', 'stream-json', '--verbose', '--permission-mode', 'acceptEdits'],
      ...(model === null ? [] : ['--model', model]),
    ],
    usual: 'headless',
    login: {
      status: { args: ['auth', 'status'], since: [2, 1, 41], read: (_code, output) => claudeSays(output) },
      // On macOS it is in the keychain.
      file:
        process.platform === 'darwin'
          ? null
          : { variable: 'CLAUDE_CONFIG_DIR', folder: '.claude', name: '.credentials.json' },
    },
    adapter: '@agentclientprotocol/claude-agent-acp',
  },
  codex: {
    title: 'Codex',
    program: 'codex',
    acp: ['codex-acp'],
    headless: (model) => [
      ...['codex', 'exec', '--json', '--skip-git-repo-check', '--sandbox', 'workspace-write'],
      ...(model === null ? [] : ['--model', model]),
      '-',
    ],
    usual: 'headless',
    login: {
      // 0: logged in, 1: not; anything else was no answer.
      status: {
        args: ['login', 'status'],
        since: [0, 20, 0],
        read: (code) => (code === 0 || code === 1 ? code === 0 : null),
      },
      file: { variable: 'CODEX_HOME', folder: '.codex', name: 'auth.json' },
    },
    adapter: '@zed-industries/codex-acp',
  },
  gemini: {
    title: 'Gemini CLI',
    program: 'gemini',
    // Before version 0.33 it was `--experimental-acp`.
    acp: ['gemini', '--acp'],
    headless: (model) => [
      ...['gemini', '--output-format', 'stream-json', '--approval-mode', 'auto_edit'],
      ...(model === null ? [] : ['--model', model]),
    ],
    usual: 'acp',
    login: { file: { variable: 'GEMINI_CLI_HOME', folder: '', name: '.gemini/oauth_creds.json' } },
    adapter: null,
  },
  opencode: {
    title: 'opencode',
    program: 'opencode',
    acp: ['opencode', 'acp'],
    headless: (model) => [
      ...['opencode', 'run', '--format', 'json'],
      ...(model === null ? [] : ['--model', model]),
    ],
    usual: 'acp',
    login: { file: { variable: 'XDG_DATA_HOME', folder: '.local/share', name: 'opencode/auth.json' } },
    adapter: null,
  },
};

/** It answers with an object in JSON, of which only that is of interest. */
function claudeSays(output: string): boolean | null {
  const said = /"loggedIn"\s*:\s*(true|false)/.exec(output)?.[1];
  return said === undefined ? null : said === 'true';
}
