/** What has to stand in the settings of an MCP client so that it finds this server. */

/** How the server is reached: started by the client, or over HTTP with a token that an environment variable holds. */
export type Reach =
  | { readonly kind: 'stdio'; readonly command: string; readonly args: readonly string[] }
  | { readonly kind: 'http'; readonly url: string; readonly tokenVariable: string };

export interface ClientConfig {
  /** Where it belongs. */
  readonly file: string;
  readonly text: string;
}

/** Null: such a client is told of no server over HTTP in its settings, or not without the token itself in them. */
type ConfigFor = (reach: Reach) => ClientConfig | null;

const name = 'agentcoord';

const json = (document: object): string => JSON.stringify(document, null, 2);

/** With the variable's value filled in by the client, in its own way of writing that. */
const header = (
  { tokenVariable }: Extract<Reach, { kind: 'http' }>,
  write: (variable: string) => string,
) => ({
  Authorization: `Bearer ${write(tokenVariable)}`,
});

const started = ({ command, args }: Extract<Reach, { kind: 'stdio' }>) => ({ command, args });

/** Most clients: the same shape, under another key, in another file. */
const listing =
  (file: string, key: string, http: (reach: Extract<Reach, { kind: 'http' }>) => object, type?: 'stdio') =>
  (reach: Reach): ClientConfig => ({
    file,
    text: json({
      [key]: { [name]: reach.kind === 'http' ? http(reach) : { ...(type && { type }), ...started(reach) } },
    }),
  });

/** Clients that start their servers themselves. */
const starting =
  (file: string, key: string): ConfigFor =>
  (reach) =>
    reach.kind === 'http' ? null : { file, text: json({ [key]: { [name]: started(reach) } }) };

export const clientConfigs = {
  'claude-code': listing('.mcp.json in the project', 'mcpServers', (reach) => ({
    type: 'http',
    url: reach.url,
    headers: header(reach, (variable) => `\${${variable}}`),
  })),
  'claude-desktop': starting(
    'claude_desktop_config.json: in ~/Library/Application Support/Claude, %APPDATA%\\Claude or ~/.config/Claude',
    'mcpServers',
  ),
  codex: (reach) => ({
    file: '~/.codex/config.toml',
    text: [
      `[mcp_servers.${name}]`,
      ...(reach.kind === 'http'
        ? [
            `url = ${JSON.stringify(reach.url)}`,
            `bearer_token_env_var = ${JSON.stringify(reach.tokenVariable)}`,
          ]
        : [`command = ${JSON.stringify(reach.command)}`, `args = ${JSON.stringify(reach.args)}`]),
      // A call may wait for work or for a signature.
      'tool_timeout_sec = 3600',
    ].join('\n'),
  }),
  cursor: listing('.cursor/mcp.json in the project, or ~/.cursor/mcp.json', 'mcpServers', (reach) => ({
    url: reach.url,
    headers: header(reach, (variable) => `\${env:${variable}}`),
  })),
  vscode: listing(
    '.vscode/mcp.json in the project',
    'servers',
    (reach) => ({
      type: 'http',
      url: reach.url,
      headers: header(reach, (variable) => `\${env:${variable}}`),
    }),
    'stdio',
  ),
  gemini: listing('~/.gemini/settings.json', 'mcpServers', (reach) => ({
    httpUrl: reach.url,
    headers: header(reach, (variable) => `$${variable}`),
  })),
  zed: starting('~/.config/zed/settings.json, or .zed/settings.json in the project', 'context_servers'),
  cline: starting(
    'cline_mcp_settings.json (MCP Servers, Configure), or ~/.cline/data/settings/cline_mcp_settings.json',
    'mcpServers',
  ),
  windsurf: listing('~/.codeium/windsurf/mcp_config.json', 'mcpServers', (reach) => ({
    serverUrl: reach.url,
    headers: header(reach, (variable) => `\${env:${variable}}`),
  })),
  opencode: (reach) => ({
    file: 'opencode.json in the project, or ~/.config/opencode/opencode.json',
    text: json({
      mcp: {
        [name]:
          reach.kind === 'http'
            ? { type: 'remote', url: reach.url, headers: header(reach, (variable) => `{env:${variable}}`) }
            : { type: 'local', command: [reach.command, ...reach.args] },
      },
    }),
  }),
} as const satisfies Readonly<Record<string, ConfigFor>>;

export type ClientName = keyof typeof clientConfigs;
