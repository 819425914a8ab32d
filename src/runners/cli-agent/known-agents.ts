/** The coding agents that are known by name: how each is started, and how it is told what to do. */
import { homedir } from 'node:os';
import path from 'node:path';

export const agentNames = ['claude', 'codex', 'gemini', 'opencode', 'acp'] as const;
export type AgentName = (typeof agentNames)[number];

/** `acp`: by the Agent Client Protocol, which asks for permissions; `headless`: one prompt, one answer. */
export type AgentMode = 'acp' | 'headless';

export interface KnownAgent {
  readonly title: string;
  /** What says its version and whether it is there. */
  readonly program: string;
  /** The program and its arguments; null: it has no such mode of its own. */
  readonly acp: readonly string[] | null;
  readonly headless: ((model: string | null) => readonly string[]) | null;
  readonly usual: AgentMode;
  /** Files of which one is there when somebody has logged in, from the home folder on; empty: nobody can tell. */
  readonly loginFiles: readonly string[];
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
    loginFiles: process.platform === 'darwin' ? [] : ['.claude/.credentials.json'],
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
    loginFiles: ['.codex/auth.json'],
    adapter: '@zed-industries/codex-acp',
  },
  gemini: {
    title: 'Gemini CLI',
    program: 'gemini',
    // Before version 0.33 it was `--experimental-acp`.
    acp: ['gemini', '--acp'],
    headless: null,
    usual: 'acp',
    loginFiles: ['.gemini/oauth_creds.json'],
    adapter: null,
  },
  opencode: {
    title: 'opencode',
    program: 'opencode',
    acp: ['opencode', 'acp'],
    headless: null,
    usual: 'acp',
    loginFiles: ['.local/share/opencode/auth.json'],
    adapter: null,
  },
};

export function loginFilesOf({ loginFiles }: KnownAgent, home = homedir()): string[] {
  return loginFiles.map((file) => path.join(home, file));
}
