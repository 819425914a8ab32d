/** Where coding agents keep their settings and logins, when the person has moved that: folders, and no secret. */

const names = ['CLAUDE_CONFIG_DIR', 'CODEX_HOME', 'GEMINI_CLI_HOME', 'XDG_DATA_HOME'] as const;

/** Those of them that are set here: an agent without them would find no login, or another one. */
export function agentFolders(): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value] as const] : [];
    }),
  );
}
