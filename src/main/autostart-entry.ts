/** The file by which a Linux desktop starts the app at login: https://specifications.freedesktop.org/autostart-spec. */
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

export function autostartFile(env: Environment = process.env): string {
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart', 'agentcoord.desktop');
}

export async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/** @param command the program and its arguments; null: it is not started any more */
export async function keepAutostart(file: string, command: readonly string[] | null): Promise<void> {
  if (command === null) return await rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, autostartEntry(command));
}

export function autostartEntry(command: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Name=AgentCoord
Comment=Keeps the company at work
Exec=${command.map(quoted).join(' ')}
Icon=agentcoord
Terminal=false
X-GNOME-Autostart-enabled=true
`;
}

/** By the rules of the key `Exec`: in quotes, and a backslash once more, for the file itself reads it first. */
function quoted(word: string): string {
  const escaped = word.replaceAll(/[\\"`$]/g, (sign) => `\\${sign}`).replaceAll('\\', '\\\\');
  return `"${escaped.replaceAll('%', '%%')}"`;
}
